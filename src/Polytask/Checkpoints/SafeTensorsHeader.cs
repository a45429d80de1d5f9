using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Polytask;

/// <summary>
/// The head of a safetensors file: eight bytes of length (little-endian), then JSON that names each tensor's type, shape and place in the data that
/// follows. Written as the format's reference implementation does: tensors of the widest type first, then by name; padded with spaces to eight bytes.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The reference implementation reads no longer one, so that a damaged length cannot ask for all memory.</summary>
    public const int LongestHeader = 100_000_000;

    private const int LengthBytes = 8;
    private const string MetadataName = "__metadata__";

    // Letters beyond ASCII as they are, as the reference implementation has them; the reader takes any escaping.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private SafeTensorsHeader(ImmutableArray<Entry> entries, ImmutableDictionary<string, string> metadata, long dataOffset)
    {
        (Entries, Metadata, DataOffset) = (entries, metadata, dataOffset);
    }

    /// <summary>A tensor and its bytes' place, counted from the beginning of the file.</summary>
    public readonly record struct Entry(StoredTensor Tensor, long Offset, long Length);

    /// <summary>The tensors in the order of their bytes.</summary>
    public ImmutableArray<Entry> Entries { get; }

    /// <summary>The free texts of the file.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>Where the first tensor's bytes begin.</summary>
    public long DataOffset { get; }

    /// <summary>The length of the whole file.</summary>
    public long FileLength => Entries.IsEmpty ? DataOffset : Entries[^1].Offset + Entries[^1].Length;

    // ---- writing --------------------------------------------------------------------------------------------------------------------

    /// <summary>Lays tensors out; the header's bytes beside it.</summary>
    /// <exception cref="ArgumentException">A name that is double, reserved or no Unicode text, or a type that the format lacks.</exception>
    /// <exception cref="OverflowException">More bytes than a 64-bit number counts.</exception>
    public static (SafeTensorsHeader Header, ReadOnlyMemory<byte> Bytes) LayOut(
        IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var texts = metadata is null ? ImmutableDictionary<string, string>.Empty : metadata.ToImmutableDictionary();
        foreach (var (key, value) in texts) _ = (Utf8(key, "the metadata's key"), Utf8(value, $"the metadata's value of '{key}'"));
        var placed = new List<Entry>();
        var names = new HashSet<string>();
        var end = 0L;
        foreach (var tensor in tensors.OrderByDescending(Rank).ThenBy(tensor => Utf8(tensor.Name, "a tensor's name"), ByBytes))
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"two tensors have the name '{tensor.Name}'; a safetensors file needs a name for each");
            if (tensor.Name == MetadataName)
                throw new ArgumentException($"'{MetadataName}' cannot name a tensor: the format keeps the file's metadata there");
            if (tensor.Shape.Any(dimension => dimension < 0))
                throw new ArgumentException($"tensor '{tensor.Name}' has shape {tensor.Described}; a dimension is at least 0");
            var length = ElementTypes.BytesOf(tensor);
            placed.Add(new(tensor, end, length));
            end = checked(end + length);
        }

        var json = Json(placed, texts);
        var padded = (json.Length + LengthBytes - 1) / LengthBytes * LengthBytes;
        if (padded > LongestHeader)
            throw new ArgumentException($"the names and shapes take {padded} bytes; a safetensors header holds at most {LongestHeader}");
        var bytes = new byte[LengthBytes + padded];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, padded);
        json.CopyTo(bytes.AsSpan(LengthBytes));
        bytes.AsSpan(LengthBytes + json.Length).Fill((byte)' ');
        return (new([.. placed.Select(entry => entry with { Offset = entry.Offset + bytes.Length })], texts, bytes.Length), bytes);
    }

    private static int Rank(StoredTensor tensor)
    {
        var rank = ElementTypes.RankOf(tensor.Type);
        return rank >= 0
            ? rank
            : throw new ArgumentException($"tensor '{tensor.Name}' is {tensor.Type}, which safetensors cannot hold; "
                + $"convert it to one of {ElementTypes.Listed}");
    }

    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static byte[] Utf8(string text, string what)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException($"{what} holds half of a surrogate pair at place {error.Index}, which is no Unicode text", error);
        }
    }

    private static ReadOnlySpan<byte> Json(List<Entry> entries, ImmutableDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        if (metadata.Count > 0)
        {
            json.WriteStartObject(MetadataName);
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
        }
        foreach (var (tensor, offset, length) in entries)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", ElementTypes.NameOf(tensor.Type));
            json.WriteStartArray("shape");
            foreach (var dimension in tensor.Shape) json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset + length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    // ---- reading --------------------------------------------------------------------------------------------------------------------

    /// <summary>Reads and checks the header of an open file.</summary>
    /// <exception cref="InvalidDataException">It is not the header of this file; the message says why, without the file's name.</exception>
    public static SafeTensorsHeader Read(SafeFileHandle file)
    {
        var fileLength = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[LengthBytes];
        if (fileLength < LengthBytes || RandomAccess.Read(file, prefix, 0) < LengthBytes)
            throw new InvalidDataException($"not a safetensors file: it has {fileLength} bytes, and the header's length alone takes {LengthBytes}");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            throw new InvalidDataException($"not a safetensors file: its header would take {length} bytes, at most {LongestHeader} are allowed");
        if ((long)length > fileLength - LengthBytes)
            throw new InvalidDataException($"cut short or not a safetensors file: the header takes {length} bytes, "
                + $"{fileLength - LengthBytes} follow its length");

        var json = new byte[(int)length];
        for (var read = 0; read < json.Length;)
        {
            var more = RandomAccess.Read(file, json.AsSpan(read), LengthBytes + read);
            if (more == 0) throw new InvalidDataException("cut short while its header was read");
            read += more;
        }
        if (!System.Text.Unicode.Utf8.IsValid(json)) throw new InvalidDataException("its header is not UTF-8 text");
        if (json.Length == 0 || json[0] != (byte)'{') throw new InvalidDataException("its header does not begin with '{'; it must be a JSON object");
        var dataOffset = LengthBytes + (long)length;
        try
        {
            var (entries, metadata) = Parse(json);
            return new(Placed(entries, dataOffset, fileLength), metadata, dataOffset);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"its header is not valid JSON: {error.Message}", error);
        }
    }

    private static (List<Entry> Entries, ImmutableDictionary<string, string> Metadata) Parse(byte[] bytes)
    {
        var json = new Utf8JsonReader(bytes);
        var entries = new List<Entry>();
        var names = new HashSet<string>();
        var metadata = ImmutableDictionary<string, string>.Empty;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref json);
            if (!names.Add(name)) throw new InvalidDataException($"its header names '{name}' twice");
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException($"its header holds a {json.TokenType} for '{name}'; expected an object");
            if (name == MetadataName) metadata = Texts(ref json);
            else entries.Add(One(ref json, name));
        }
        while (json.Read()) { }
        return (entries, metadata);
    }

    // A JSON text may escape half of a surrogate pair, which is valid JSON and no text.
    private static string Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"its header holds a string that is no Unicode text, at byte {json.TokenStartIndex}", error);
        }
    }

    private static ImmutableDictionary<string, string> Texts(ref Utf8JsonReader json)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref json);
            json.Read();
            if (json.TokenType != JsonTokenType.String)
                throw new InvalidDataException($"its metadata holds a {json.TokenType} for '{key}'; expected a string");
            if (!texts.TryAdd(key, Text(ref json))) throw new InvalidDataException($"its metadata names '{key}' twice");
        }
        return texts.ToImmutable();
    }

    private static Entry One(ref Utf8JsonReader json, string name)
    {
        (string? type, long[]? shape, long[]? offsets) = (null, null, null);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var property = Text(ref json);
            json.Read();
            var twice = false;
            switch (property)
            {
                case "dtype" when json.TokenType == JsonTokenType.String: (twice, type) = (type is not null, Text(ref json)); break;
                case "shape": (twice, shape) = (shape is not null, Numbers(ref json, name, property)); break;
                case "data_offsets": (twice, offsets) = (offsets is not null, Numbers(ref json, name, property)); break;
                default:
                    throw new InvalidDataException($"tensor '{name}' has '{property}' as {json.TokenType}; "
                    + "expected a string dtype and the lists shape and data_offsets");
            }
            if (twice) throw new InvalidDataException($"tensor '{name}' has two '{property}'");
        }
        if (type is null || shape is null || offsets is null)
            throw new InvalidDataException($"tensor '{name}' lacks its {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        var element = ElementTypes.Named(type)
            ?? throw new InvalidDataException($"tensor '{name}' is of dtype '{type}', which TorchSharp has not; "
                + $"expected one of {ElementTypes.Listed}");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw new InvalidDataException($"tensor '{name}' has data_offsets [{string.Join(", ", offsets)}]; "
                + "expected a begin and an end that is not before it");
        var tensor = new StoredTensor(name, element, [.. shape]);
        long expected;
        try
        {
            expected = ElementTypes.BytesOf(tensor);
        }
        catch (OverflowException error)
        {
            throw new InvalidDataException($"tensor '{name}' has shape {tensor.Described}, more elements than can be counted", error);
        }
        var length = offsets[1] - offsets[0];
        return length == expected
            ? new(tensor, offsets[0], length)
            : throw new InvalidDataException($"tensor '{name}' has shape {tensor.Described}, which takes {expected} bytes, but its data_offsets "
                + $"[{offsets[0]}, {offsets[1]}] hold {length}");
    }

    private static long[] Numbers(ref Utf8JsonReader json, string name, string property)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new InvalidDataException($"tensor '{name}' has '{property}' as {json.TokenType}; expected a list of numbers");
        var numbers = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number) || number < 0)
                throw new InvalidDataException($"tensor '{name}' has {Encoding.UTF8.GetString(json.ValueSpan)} in its {property}; "
                    + "expected whole numbers from 0 up");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    // The bytes of the tensors must follow each other without gap or overlap from the header's end to the file's: nothing is hidden between them.
    private static ImmutableArray<Entry> Placed(List<Entry> entries, long dataOffset, long fileLength)
    {
        var (end, before) = (0L, "the header");
        var placed = ImmutableArray.CreateBuilder<Entry>(entries.Count);
        foreach (var entry in entries.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length))
        {
            var name = entry.Tensor.Name;
            if (entry.Offset < end)
                throw new InvalidDataException($"tensor '{name}' begins at data byte {entry.Offset}, inside {before}, which ends at {end}");
            if (entry.Offset > end)
                throw new InvalidDataException($"tensor '{name}' begins at data byte {entry.Offset}, but {before} ends at {end}: "
                    + $"expected no bytes between them");
            end = entry.Offset + entry.Length;
            before = $"tensor '{name}'";
            if (end > fileLength - dataOffset)
                throw new InvalidDataException($"cut short: tensor '{name}' ends at data byte {end}, "
                    + $"but the file holds {fileLength - dataOffset} data bytes");
            placed.Add(entry with { Offset = entry.Offset + dataOffset });
        }
        return end == fileLength - dataOffset
            ? placed.ToImmutable()
            : throw new InvalidDataException($"{fileLength - dataOffset - end} bytes follow {before}, with which the file should end");
    }
}
