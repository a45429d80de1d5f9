namespace Polytask;

/// <summary>The checksum of zip archives, CRC-32 (ISO 3309), eight bytes at a time by tables (Kounavis and Berry, 2005).</summary>
internal struct Checksum
{
    private const uint Polynomial = 0xEDB88320;
    private const int AtOnce = 8;

    private static readonly uint[][] Tables = MakeTables();

    private uint inverted;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => inverted;

    /// <summary>Continues over more bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var (t0, t1, t2, t3) = (Tables[0], Tables[1], Tables[2], Tables[3]);
        var (t4, t5, t6, t7) = (Tables[4], Tables[5], Tables[6], Tables[7]);
        var crc = ~inverted;
        for (; bytes.Length >= AtOnce; bytes = bytes[AtOnce..])
        {
            var low = crc ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = t7[low & 0xFF] ^ t6[(low >> 8) & 0xFF] ^ t5[(low >> 16) & 0xFF] ^ t4[low >> 24]
                ^ t3[bytes[4]] ^ t2[bytes[5]] ^ t1[bytes[6]] ^ t0[bytes[7]];
        }
        foreach (var value in bytes) crc = t0[(crc ^ value) & 0xFF] ^ (crc >> 8);
        inverted = ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[AtOnce][];
        for (var k = 0; k < AtOnce; k++) tables[k] = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            tables[0][i] = crc;
        }
        for (var k = 1; k < AtOnce; k++)
            for (var i = 0; i < 256; i++) tables[k][i] = tables[0][tables[k - 1][i] & 0xFF] ^ (tables[k - 1][i] >> 8);
        return tables;
    }
}
