using System.Globalization;
using System.IO.Compression;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// NYUv2 and CityScapes as the authors of MTAN prepared them (Liu et al., CVPR 2019), the form in which multi-task papers compare: a zip of arrays,
/// <c>train</c> and <c>val</c> with <c>image/0.npy</c>, <c>depth/0.npy</c>, ..., channels last. An unlabelled pixel is -1 in the classes and 0 in depths
/// and normals; here it is -1 and NaN.
/// </summary>
internal static class LabelledMaps
{
    /// <summary>NYUv2: 13 classes, depth in metres, unit normals.</summary>
    public static DataSource NyuV2(string archive) => Source("nyuv2", archive, [("segmentation", "label"), ("depth", "depth"), ("normals", "normal")]);

    /// <summary>CityScapes: 7 classes and inverse depth.</summary>
    public static DataSource CityScapes(string archive) => Source("cityscapes", archive, [("segmentation", "label_7"), ("depth", "depth")]);

    private static DataSource Source(string name, string archive, (string Task, string Folder)[] tasks)
    {
        Examples Part(string split) => Examples.Joint(Stacked(archive, split, "image"), [.. tasks.Select(task =>
            (task.Task, Labels(task.Task, Stacked(archive, split, task.Folder))))]);
        return new FixedTest(name, () => Part("train"), () => Part("val"));
    }

    private static Tensor Labels(string task, Tensor values)
    {
        using var scope = NewDisposeScope();
        var labels = task switch
        {
            "segmentation" => values.to(ScalarType.Int64),
            "depth" => Known(values.squeeze(1), values.squeeze(1).gt(0)),
            _ => Known(values, values.abs().sum(1, keepdim: true).gt(0)),
        };
        return labels.MoveToOuterDisposeScope();
    }

    private static Tensor Known(Tensor values, Tensor known) => where(known, values, float.NaN);

    // One tensor for all files of a folder, channels first, filled one by one: the rows of NYUv2 are gigabytes.
    private static Tensor Stacked(string archive, string split, string folder) => ArchiveFile.FromZip(archive, zip =>
    {
        var files = zip.Entries.Select(entry => (Entry: entry, Number: NumberOf(entry, split, folder)))
            .Where(file => file.Number is not null).OrderBy(file => file.Number).ToArray();
        if (files.Length == 0) throw new DataException($"'{archive}' has no arrays {split}/{folder}/0.npy, 1.npy, ...; is it the file that its page names?");
        Tensor? all = null;
        for (var i = 0; i < files.Length; i++)
        {
            using var scope = NewDisposeScope();
            using var stream = files[i].Entry.Open();
            var place = $"'{archive}': {files[i].Entry.FullName}";
            var array = NpyFile.Read(place, stream).to(ScalarType.Float32);
            if (array.ndim == 3) array = array.permute(2, 0, 1);
            all ??= empty([files.Length, .. array.shape]).DetachFromDisposeScope();
            if (!all.shape.AsSpan(1).SequenceEqual(array.shape))
                throw new DataException($"{place} is [{string.Join(", ", array.shape)}], the ones before it [{string.Join(", ", all.shape[1..])}]");
            all[i].copy_(array);
        }
        return all!;
    });

    private static int? NumberOf(ZipArchiveEntry entry, string split, string folder) =>
        entry.FullName.Split('/') is [.., var part, var kind, var name] && part == split && kind == folder
            && name.EndsWith(".npy", StringComparison.Ordinal) && int.TryParse(name[..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
