using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Data;

// Tiny files written by hand in the forms of the public sets.
public sealed class PublicSetsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Zip(string name, params (string Entry, string Text)[] files) =>
        ZipOf(name, [.. files.Select(file => (file.Entry, Encoding.Latin1.GetBytes(file.Text)))]);

    private string ZipOf(string name, params (string Entry, byte[] Bytes)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (entry, content) in files)
            {
                using var stream = archive.CreateEntry(entry).Open();
                stream.Write(content);
            }
        return folder.Write(name, bytes.ToArray());
    }

    private static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var entry in entries) writer.WriteEntry(entry);
        return bytes.ToArray();
    }

    private static UstarTarEntry File_(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private (string Train, string Test) Adult(string extra = "") => (
        folder.Write("adult.data", string.Concat(Enumerable.Repeat(
            "39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, Male, 2174, 0, 40, United-States, <=50K\n"
            + "52, ?, 209642, HS-grad, 9, Married-civ-spouse, ?, Husband, White, Male, 0, 0, 20, United-States, >50K\n", 3)) + extra + "\n"),
        folder.Write("adult.test", "|1x3 Cross validator\n25, Private, 226802, 11th, 7, Never-married, Sales, Own-child, Black, Female, 0, 0, 40, ?, >50K.\n\n"));

    [Fact]
    public void Adult_reads_both_files_with_their_split_and_without_the_columns_that_state_a_label()
    {
        using var scope = NewDisposeScope();
        var (train, test) = Adult();
        var source = Census.Adult(Census.AdultTable(train, test), isFour: false);
        Assert.Equal(7, source.Rows);
        Assert.Equal(["income", "never-married"], source.Tasks);
        var split = source.Split(0);
        Assert.Equal((5, 1, 1), (split.Train.Rows, split.Validation.Rows, split.Test.Rows));
        Assert.Equal((1f, 1f), (split.Test.Target("income")[0].item<float>(), split.Test.Target("never-married")[0].item<float>()));
        Assert.Equal(3, source.Columns.Single(column => column.Name == "workclass").Missing);
        Assert.DoesNotContain(source.FeatureNames, name => name.StartsWith("relationship", StringComparison.Ordinal) || name.StartsWith("marital", StringComparison.Ordinal));
        Assert.Contains("task never-married: 4 yes, 3 no", source.ToString());
        var four = Census.Adult(Census.AdultTable(train, test), isFour: true);
        Assert.Equal(["income", "never-married", "full-time", "college"], four.Tasks);
        Assert.DoesNotContain(four.FeatureNames, name => name is "hours-per-week" or "education-num");
        Assert.Contains("full-time: 4 yes, 3 no", four.ToString());
        Assert.Contains("college: 3 yes, 4 no", four.ToString());
    }

    [Fact]
    public void A_line_of_another_length_is_named()
    {
        var (train, test) = Adult(extra: "39, State-gov\n");
        Assert.Contains("adult.data', line 7: 2 cells, but this data set has 15", Assert.Throws<DataException>(() => Census.AdultTable(train, test)).Message);
    }

    [Fact]
    public void The_census_of_kdd_is_gzipped_and_has_42_columns()
    {
        using var scope = NewDisposeScope();
        string Line(string marital, string income) =>
            $"73, Not in universe, 0, 0, High school graduate, 0, Not in universe, {marital}, Not in universe, Not in universe, White, All other, Female, "
            + "Not in universe, Not in universe, Not in labor force, 0, 0, 0, Nonfiler, Not in universe, Not in universe, Other Rel, Other relative, 1700.09, ?, ?, ?, "
            + $"Not in universe, ?, 0, Not in universe, United-States, United-States, United-States, Native, 0, Not in universe, 2, 0, 95, {income}\n";
        var train = folder.Write("train.gz", TemporaryFolder.Gzipped(Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat(Line("Widowed", "- 50000.") + Line("Never married", "50000+."), 3)))));
        var test = folder.Write("test.gz", TemporaryFolder.Gzipped(Encoding.UTF8.GetBytes(Line("Never married", "- 50000."))));
        var source = Census.Kdd(Census.KddTable(train, test));
        Assert.Equal((7, 43), (source.Rows, source.Columns.Count));
        Assert.Contains("task income: 3 yes, 4 no", source.ToString());
        Assert.Contains("task never-married: 4 yes, 3 no", source.ToString());
        Assert.Equal(36, source.Columns.Count(column => column.Role == ColumnRole.Input));
        Assert.Equal(1, source.Split(0).Test.Target("never-married")[0].item<float>());
    }

    [Fact]
    public void Movielens_100k_joins_ratings_users_and_films()
    {
        using var scope = NewDisposeScope();
        var genres = string.Concat(Enumerable.Repeat("|0", 19));
        var archive = Zip("ml-100k.zip",
            ("ml-100k/u.data", "196\t242\t3\t881250949\n186\t302\t4\t891717742\n196\t302\t5\t881250950\n"),
            ("ml-100k/u.user", "196|49|M|writer|55105\n186|39|F|executive|00000\n"),
            ("ml-100k/u.item", $"242|Kolya (1996)|24-Jan-1997||http://x{genres}\n302|Les Mis\u00e9rables|||{genres}\n"));
        var source = MovieLens.Source(MovieLens.Small(archive), "small");
        Assert.Equal(["rating", "liked"], source.Tasks);
        Assert.Equal(["1996", "", ""], source.Table["year"]);
        Assert.Equal(["M", "F", "M"], source.Table["gender"]);
        Assert.Equal([2L, 2, 2, 0, 2, 0], source.Cardinalities);
        Assert.Contains("not yes 1, yes 2", source.Balance().ToString());
        Assert.Equal(12, source.Table["rating"].Sum(int.Parse));
    }

    [Fact]
    public void Movielens_1m_is_read_in_latin_1_and_unknown_films_are_refused()
    {
        (string, string)[] files =
        [
            ("ml-1m/users.dat", "1::F::1::10::48067\n2::M::56::16::70072\n"), ("ml-1m/movies.dat", "1193::Caf\u00e9, Le (1975)::Drama\n"),
            ("ml-1m/ratings.dat", "1::1193::5::978300760\n2::1193::2::978298413\n1::1193::4::978300761\n"),
        ];
        var table = MovieLens.Large(Zip("ml-1m.zip", files));
        Assert.Equal(["5", "2", "4"], table["rating"]);
        Assert.Equal(["1", "56", "1"], table["age"]);
        Assert.Equal(["1975", "1975", "1975"], table["year"]);
        files[2].Item2 += "1::7::5::978300760\n";
        Assert.Contains("a rating names the film 7", Assert.Throws<DataException>(() => MovieLens.Large(Zip("bad.zip", files))).Message);
        Assert.Contains("has no file 'ml-1m/movies.dat'; it has 'ml-1m/users.dat'", Assert.Throws<DataException>(() => MovieLens.Large(Zip("empty.zip", files[0]))).Message);
        Assert.Contains("cannot be read as an archive", Assert.Throws<DataException>(() => MovieLens.Large(folder.Write("cut.zip", "PK"))).Message);
    }

    private const string Methane =
        "5\ngdb 1\t157.7118\t157.70997\t157.70699\t0.\t13.21\t-0.3877\t0.1171\t0.5048\t35.3641\t0.044749\t-40.47893\t-40.476062\t-40.475117\t-40.498597\t6.469\t\n"
        + "C\t-0.0126981359\t 1.0858041578\t 0.0080009958\t-0.535689\nH\t 0.002150416\t-0.0060313176\t 0.0019761204\t 0.133921\n"
        + "H\t 1.0117308433\t 1.4637511618\t 0.0002765748\t 0.133922\nH\t-0.540815069\t 1.4475266138\t-8.7664e-1\t 0.133923\n"
        + "H\t-0.5238136345\t 1.4379326443\t 9.06397*^-1\t 0.133923\n1341.307\t1341.3284\nC\tC\t\nInChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n";

    // An archive may name a file as it likes: nothing is written, so nothing can be written elsewhere.
    [Fact]
    public void Molecules_are_read_from_the_archive_whatever_their_files_are_named()
    {
        var outside = Path.Combine(Path.GetTempPath(), $"escaped-{Guid.NewGuid():N}.xyz");
        using var packed = new MemoryStream();
        using (var zip = new ICSharpCode.SharpZipLib.BZip2.BZip2OutputStream(packed) { IsStreamOwner = false })
            zip.Write(Tar(
                File_("../../escaped_000002.xyz", Methane.Replace("gdb 1\t", "gdb 2\t")), File_(outside, Methane),
                new UstarTarEntry(TarEntryType.SymbolicLink, "link.xyz") { LinkName = "/etc/passwd" }, File_("readme.txt", "x")));
        var molecules = Datasets.Qm9(folder.Write("qm9.tar.bz2", packed.ToArray()));
        Assert.Equal([1, 2], molecules.Select(molecule => molecule.Number));
        var methane = molecules[0];
        Assert.Equal(["C", "H", "H", "H", "H"], methane.Elements);
        Assert.Equal([-0.5238136345, 1.4379326443, 0.906397], methane.Positions[4]);
        Assert.Equal(-0.535689, methane.Charges[0]);
        Assert.Equal((13.21, -0.3877, 0.5048, 6.469), (methane["alpha"], methane["homo"], methane["gap"], methane["Cv"]));
        Assert.Equal("C", methane.Smiles);
        Assert.Single(Directory.GetFiles(folder.Path));
        Assert.False(File.Exists(outside));
        Assert.Contains("no property 'mass'", Assert.Throws<DataException>(() => methane["mass"]).Message);
    }

    [Fact]
    public void A_damaged_molecule_is_named_by_file_and_line()
    {
        string Refusal(string text) => Assert.Throws<DataException>(() => Datasets.Qm9(folder.Write("qm9.tar", Tar(File_("m.xyz", text))))).Message;
        Assert.Contains("m.xyz', line 4: 4 values, but 5 are needed", Refusal(Methane.Replace("\t 0.133921", "")));
        Assert.Contains("m.xyz', line 2: 'O.5' is not a number", Refusal(Methane.Replace("157.7118", "O.5")));
        Assert.Contains("m.xyz', line 1: 0 values", Refusal(""));
    }

    // An array file as NumPy writes it.
    private static byte[] Npy(Tensor values, string type)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Concat(values.shape.Select(size => $"{size}, "))}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. values.contiguous().bytes];
    }

    // 20 training and 3 test pictures of 2 x 4 pixels: picture i has the value i everywhere, and its first pixel has no label.
    private string Maps(string name, string labels, bool normals) => ZipOf(name, [.. new[] { ("train", 20), ("val", 3) }
        .SelectMany(part => Enumerable.Range(0, part.Item2).SelectMany(i =>
        {
            var known = ones(2, 4, 1);
            known[0, 0].fill_(0);
            var classes = full(2, 4, (float)(i % 7));
            classes[0, 0].fill_(-1);
            (string, byte[])[] files =
            [
                ($"set/{part.Item1}/image/{i}.npy", Npy(full(2, 4, 3, i / 100.0, dtype: ScalarType.Float64), "<f8")),
                ($"set/{part.Item1}/{labels}/{i}.npy", Npy(classes, "<f4")),
                ($"set/{part.Item1}/depth/{i}.npy", Npy(known * (i + 1), "<f4")),
                ($"set/{part.Item1}/normal/{i}.npy", Npy(known * tensor(new float[] { 0, 0, 1 }), "<f4")),
            ];
            return normals ? files : files[..^1];
        }))]);

    [Fact]
    public void NyuV2_and_CityScapes_are_read_with_their_test_rows_and_without_labels_that_are_none()
    {
        using var scope = NewDisposeScope();
        var rooms = LabelledMaps.NyuV2(Maps("nyuv2.zip", "label", normals: true));
        var split = rooms.Split(3);
        Assert.Equal((18, 2, 3), (split.Train.Rows, split.Validation.Rows, split.Test.Rows));
        Assert.Equal(["segmentation", "depth", "normals"], split.Train.Tasks);
        Assert.Equal([3, 2, 4], split.Train.InputShape);
        Assert.Equal([3, 3, 2, 4], split.Test.Target("normals").shape);
        for (var row = 0; row < 3; row++)
        {
            var depth = split.Test.Target("depth")[row];
            Assert.Equal((row + 1f, true), (depth[1, 3].item<float>(), depth[0, 0].isnan().item<bool>()));
            Assert.Equal((row, -1L), (split.Test.Target("segmentation")[row, 1, 1].item<long>(), split.Test.Target("segmentation")[row, 0, 0].item<long>()));
            Assert.Equal((1f, true), (split.Test.Target("normals")[row, 2, 0, 1].item<float>(), split.Test.Target("normals")[row, 0, 0, 0].isnan().item<bool>()));
            Assert.Equal(row / 100f, split.Test.Inputs("depth")[row, 2, 1, 2].item<float>(), 1e-6f);
        }
        // Every training row once, in training or validation, by seed.
        long[] Depths(Examples part) => [.. part.Target("depth")[TensorIndex.Colon, 1, 1].to(ScalarType.Int64).data<long>()];
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), Depths(split.Train).Concat(Depths(split.Validation)).Order());
        Assert.NotEqual(Depths(split.Validation), Depths(rooms.Split(4).Validation));

        var streets = LabelledMaps.CityScapes(Maps("cityscapes2.zip", "label_7", normals: false)).Split(0);
        Assert.Equal(["segmentation", "depth"], streets.Test.Tasks);
        var model = Model.Named("streets").Input(streets.Test.InputShape).Backbone(Block.Conv(4))
            .Task("segmentation", Head.Segment(7)).Task("depth", Head.Depth());
        Assert.True(double.IsFinite(model.Train(streets, t => t.Epochs(1).Batch(6)).Test("segmentation/miou")));
    }

    [Fact]
    public void Maps_of_another_form_are_named()
    {
        Assert.Contains("has no arrays train/image/0.npy",
            Assert.Throws<DataException>(() => LabelledMaps.NyuV2(Zip("other.zip", ("train/image/0.png", ""))).Split(0)).Message);
        var bad = ZipOf("bad.zip", ("train/image/0.npy", Npy(ones(2, 4, 3), "<f4")), ("train/image/1.npy", Npy(ones(2, 5, 3), "<f4")));
        Assert.Contains("train/image/1.npy is [3, 2, 5], the ones before it [3, 2, 4]", Assert.Throws<DataException>(() => LabelledMaps.NyuV2(bad).Split(0)).Message);
    }

    [Fact]
    public void Office_31_has_a_task_per_place_with_rows_of_its_own()
    {
        using var scope = NewDisposeScope();
        var (colour, _, _, mean) = PictureFiles.Picture("4:4:4");
        var grey = PictureFiles.Picture("grey").Bytes;
        var files = new[] { ("amazon", 10), ("dslr", 5), ("webcam", 5) }.SelectMany(place => Enumerable.Range(0, place.Item2)
            .Select(i => ($"office/{place.Item1}/images/{(i % 2 == 0 ? "mug" : "back_pack")}/frame_{i:0000}.jpg", i % 2 == 0 ? colour : grey)));
        var office = new Office31(ZipOf("office31.zip", [.. files, ("office/amazon/images/.notes", [1])]), size: 4);
        var split = office.Split(0);
        Assert.Equal(["amazon", "dslr", "webcam"], split.Train.Tasks);
        Assert.Equal((6L, 3L, 2L, 1L), (split.Train.RowsOf("amazon"), split.Train.RowsOf("dslr"), split.Test.RowsOf("amazon"), split.Validation.RowsOf("webcam")));
        Assert.Equal([3, 4, 4], split.Train.InputShape);
        // Classes by name: back_pack 0, mug 1. The mean over all pixels is the picture's.
        var (images, classes) = (split.Train.Inputs("amazon"), split.Train.Target("amazon").data<long>().ToArray());
        Assert.Equal([0, 1], classes.Distinct().Order());
        var mug = images[Array.IndexOf(classes, 1L)].mean([1, 2]).data<float>().ToArray();
        Assert.All(mean.Zip(mug), pair => Assert.Equal(pair.First / 255, pair.Second, 0.02));
        var pack = images[Array.IndexOf(classes, 0L)];
        Assert.Equal(0, (pack[0] - pack[2]).abs().max().item<float>());
        Assert.Contains("has no pictures amazon/images/CLASS/NAME.jpg",
            Assert.Throws<DataException>(() => new Office31(Zip("empty.zip", ("a.txt", "")), 4).Split(0)).Message);
    }

    [Fact]
    public void MovieLens_latest_small_reads_titles_with_commas_and_films_without_a_genre()
    {
        var text = "movieId,title,year,genres,userId,rating,timestamp\n"
            + string.Concat(Enumerable.Range(0, 6).Select(i => $"{i},\"Ring, The\",{1990 + i},\"Horror|Mystery\",{i % 2},{i % 5 + 0.5},126\n"))
            + "9,\"Nameless\",,\"(no genres listed)\",1,4,1\n";
        var source = MovieLens.LatestSmall(CsvTable.Read(folder.Write("movielens.csv", text)));
        Assert.Equal((7, "rating liked genre"), (source.Rows, string.Join(' ', source.Tasks)));
        Assert.Contains("task liked: 2 yes, 5 no", source.ToString());
    }

    [Fact]
    public void Every_public_set_is_a_member_of_Datasets_and_its_files_have_names_of_their_own()
    {
        Assert.All(PublicSets.All, set => Assert.NotNull(typeof(Datasets).GetMethods().FirstOrDefault(method => method.Name == set.Name)));
        Assert.Distinct(PublicSets.All.SelectMany(set => set.Files).Select(file => file.Name));
    }
}
