using System.IO.Compression;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The zip archive that <c>torch.save</c> writes: one folder with the pickle data.pkl, a file of bare numbers for each storage, and the byte order.
/// Nothing in it is compressed.
/// </summary>
internal sealed class PyTorchArchive : IDisposable
{
    private readonly ZipArchive zip;
    private readonly string folder;
    private readonly Dictionary<PyTorchNames.Storage, Tensor> storages = [];

    /// <exception cref="InvalidDataException">It is no such archive, or of a machine with another byte order.</exception>
    public PyTorchArchive(ZipArchive zip)
    {
        this.zip = zip;
        var pickles = zip.Entries.Where(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)).ToArray();
        if (pickles.Length != 1) throw new InvalidDataException($"it is a zip archive with {pickles.Length} files data.pkl; torch.save writes one");
        folder = pickles[0].FullName[..^"data.pkl".Length];
        if (zip.GetEntry($"{folder}byteorder") is null) return;
        var order = Encoding.ASCII.GetString(Bytes("byteorder"));
        if (order != "little")
            throw new InvalidDataException($"its numbers are in {order}-endian byte order; save it again on a little-endian machine");
    }

    /// <summary>The program that makes the containers.</summary>
    public byte[] Pickle() => Bytes("data.pkl");

    /// <summary>A storage as a tensor of one dimension; the same one each time, in the dispose scope of the first.</summary>
    public Tensor Storage(PyTorchNames.Storage storage)
    {
        if (storages.TryGetValue(storage, out var known)) return known;
        var entry = Entry($"data/{storage.Key}");
        var tensor = empty([storage.Count], dtype: storage.Type, device: CPU);
        var expected = storage.Count * tensor.ElementSize;
        if (entry.Length != expected)
            throw new InvalidDataException($"storage '{storage.Key}' holds {entry.Length} bytes, "
                + $"but its {storage.Count} elements of {storage.Type} take {expected}");
        using var stream = entry.Open();
        var checksum = TensorBytes.Read(stream, tensor);
        if (checksum != entry.Crc32)
            throw new InvalidDataException($"storage '{storage.Key}' is damaged: its bytes do not give the checksum that was saved with them");
        if (storage.Type == ScalarType.Bool && TensorBytes.FirstThatIsNoBool(tensor) is >= 0 and var place)
            throw new InvalidDataException($"storage '{storage.Key}' is Bool, but its element {place} is neither 0 nor 1");
        storages.Add(storage, tensor);
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose() => zip.Dispose();

    private byte[] Bytes(string name)
    {
        var entry = Entry(name);
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        var checksum = new Checksum();
        checksum.Add(bytes);
        return checksum.Value == entry.Crc32 ? bytes : throw new InvalidDataException($"'{entry.FullName}' is damaged: "
            + "its bytes do not give the checksum that was saved with them");
    }

    private ZipArchiveEntry Entry(string name)
    {
        var entry = zip.GetEntry(folder + name) ?? throw new InvalidDataException($"its archive lacks '{folder}{name}'");
        // Also keeps a small file from unpacking to more memory than there is.
        return entry.CompressedLength == entry.Length ? entry : throw new InvalidDataException($"'{entry.FullName}' is compressed; "
            + "torch.save does not compress");
    }
}
