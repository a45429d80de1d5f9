using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Office-31 (Saenko et al., ECCV 2010): pictures of 31 kinds of office things from three places, each a task with rows of its own. In the archive
/// <c>amazon/images/back_pack/frame_0001.jpg</c> and so on; the classes are numbered by their names.
/// </summary>
/// <param name="archive">The zip.</param>
/// <param name="size">The pixels of a side to which pictures are brought.</param>
internal sealed class Office31(string archive, int size) : DataSource
{
    private static readonly string[] Domains = ["amazon", "dslr", "webcam"];

    private readonly Lazy<(string Domain, Tensor Images, Tensor Classes)[]> domains = new(() => ArchiveFile.FromZip(archive, zip => Read(archive, zip, size)));

    /// <inheritdoc/>
    public override string Name => "office-31";

    /// <summary>60 % training, 20 % validation, 20 % test of each place, by seed.</summary>
    public override DataSplits Split(int seed)
    {
        var split = domains.Value.Select(each => RowSplit.Of((int)each.Classes.shape[0], seed, $"{Name}, {each.Domain}")).ToArray();
        Examples Part(Func<RowSplit, int[]> rows) => Examples.PerTask([.. domains.Value.Zip(split, (each, parts) =>
        {
            using var index = tensor(Array.ConvertAll(rows(parts), row => (long)row));
            return (each.Domain, each.Images.index_select(0, index), each.Classes.index_select(0, index));
        })]);
        return new(Part(parts => parts.Train), Part(parts => parts.Validation), Part(parts => parts.Test));
    }

    private static (string, Tensor, Tensor)[] Read(string archive, ZipArchive zip, int size)
    {
        var pictures = zip.Entries.Select(entry => (Entry: entry, Place: PlaceOf(entry))).Where(picture => picture.Place is not null)
            .OrderBy(picture => picture.Entry.FullName, StringComparer.Ordinal).ToArray();
        string[] classes = [.. pictures.Select(picture => picture.Place!.Value.Class).Distinct().Order(StringComparer.Ordinal)];
        return Array.ConvertAll(Domains, domain =>
        {
            var own = pictures.Where(picture => picture.Place!.Value.Domain == domain).ToArray();
            if (own.Length == 0)
                throw new DataException($"'{archive}' has no pictures {domain}/images/CLASS/NAME.jpg; is it the file that its page names?");
            var images = empty(own.Length, 3, size, size);
            for (var i = 0; i < own.Length; i++)
            {
                using var scope = NewDisposeScope();
                images[i].copy_(Picture(archive, own[i].Entry, size));
            }
            return (domain, images, tensor(Array.ConvertAll(own, picture => (long)Array.IndexOf(classes, picture.Place!.Value.Class))));
        });
    }

    // The mean over the area of each pixel: no detail of a large picture is lost, and none is made up.
    private static Tensor Picture(string archive, ZipArchiveEntry entry, int size)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return nn.functional.adaptive_avg_pool2d(JpegFile.Read($"'{archive}': {entry.FullName}", bytes.ToArray()).unsqueeze(0), size)[0];
    }

    private static (string Domain, string Class)? PlaceOf(ZipArchiveEntry entry) =>
        entry.FullName.Split('/') is [.., var domain, "images", var kind, var name] && Domains.Contains(domain)
            && Path.GetExtension(name).Equals(".jpg", StringComparison.OrdinalIgnoreCase) ? (domain, kind) : null;
}
