using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Studies;

public sealed class CacheTests : IDisposable
{
    private readonly CacheFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Study Cached => Small.Study.Seeds(2).Cache(folder.Path);

    [Fact]
    public void A_run_from_the_cache_is_the_run_bit_for_bit()
    {
        var plain = Small.Study.Seeds(2).Run();
        var (first, second) = (Cached.Run(), Cached.Run());
        Assert.All(first.Cells, cell => Assert.False(cell.IsCached));
        Assert.All(second.Cells, cell => Assert.True(cell.IsCached));
        Assert.Equal(4, folder.Cells.Length);
        Assert.Equal(Small.Numbers(plain), Small.Numbers(first));
        Assert.Equal(Small.Numbers(first), Small.Numbers(second));
        foreach (var (computed, read) in first.Runs.Zip(second.Runs))
        {
            Assert.Equal(Small.WeightsOf(computed), Small.WeightsOf(read));
            Assert.Equal((computed.Epochs, computed.BestEpoch, computed.Duration, computed.Environment),
                (read.Epochs, read.BestEpoch, read.Duration, read.Environment));
            using var x = Values.Normal(9, 5, 4);
            Assert.Equal(computed.Module.Forward(x)[0].data<float>().ToArray(), read.Module.Forward(x)[0].data<float>().ToArray());
            Assert.False(read.Module.training);
        }
    }

    [Fact]
    public void Reading_weights_leaves_the_random_numbers_of_the_program_alone()
    {
        Cached.Run();
        var again = Cached.Run();
        manual_seed(7);
        var expected = randn(3).data<float>().ToArray();
        manual_seed(7);
        _ = again.Runs[0].Module;
        Assert.Equal(expected, randn(3).data<float>().ToArray());
    }

    [Fact]
    public void A_variant_under_another_name_is_taken_from_the_cache()
    {
        Cached.Run();
        var renamed = Study.On(Small.Data(name: "another name")).Variants(Small.Linear.Renamed("plain"), Small.Wide).Seeds(2).Train(t => t.Adam(1e-2).Epochs(3).Batch(8))
            .Cache(folder.Path).Run();
        Assert.All(renamed.Cells, cell => Assert.True(cell.IsCached));
        Assert.Equal(["plain", "wide"], renamed.Variants);
        Assert.Equal(("plain", "plain"), (renamed.Run("plain", 0).Model.Name, renamed.Run("plain", 0).Module.Model.Name));
    }

    [Fact]
    public void More_seeds_and_variants_continue_what_is_there()
    {
        Cached.Run();
        var more = Cached.Seeds(3).Variants(Small.Linear.Renamed("third").Backbone(Block.Mlp(3))).Run();
        Assert.Equal(4, more.Cells.Count(cell => cell.IsCached));
        Assert.Equal(9, folder.Cells.Length);
    }

    // In the file, the byte at a share of its length is another one, or the file ends there.
    [Theory]
    [InlineData("json", 0.5, false)]
    [InlineData("json", 0.9, true)]
    [InlineData("json", 0.0, true)]
    [InlineData("safetensors", 0.99, false)]
    [InlineData("safetensors", 0.5, true)]
    public void A_damaged_cell_is_computed_anew_and_said(string kind, double at, bool cut)
    {
        var first = Cached.Run();
        var file = Directory.GetFiles(folder.Path, $"*.{kind}").Order().First();
        var bytes = File.ReadAllBytes(file);
        var position = (int)(at * bytes.Length);
        if (cut) bytes = bytes[..position];
        else bytes[position] ^= 1;
        File.WriteAllBytes(file, bytes);
        var second = Cached.Run();
        Assert.Equal(3, second.Cells.Count(cell => cell.IsCached));
        Assert.Contains("is damaged", Assert.Single(second.Notes));
        Assert.Contains(Path.ChangeExtension(file, "json"), second.Notes[0]);
        Assert.Equal(Small.Numbers(first), Small.Numbers(second));
        Assert.All(Cached.Run().Cells, cell => Assert.True(cell.IsCached));
    }

    [Fact]
    public void A_cell_whose_weights_are_gone_is_computed_anew()
    {
        Cached.Run();
        foreach (var file in Directory.GetFiles(folder.Path, "*.safetensors")) File.Delete(file);
        Assert.All(Cached.Run().Cells, cell => Assert.False(cell.IsCached));
    }

    [Fact]
    public void Without_weights_numbers_are_kept_and_a_module_is_not()
    {
        var light = Small.Study.Seeds(2).Cache(folder.Path, weights: false);
        var first = light.Run();
        Assert.Empty(Directory.GetFiles(folder.Path, "*.safetensors"));
        var second = light.Run();
        Assert.Equal(Small.Numbers(first), Small.Numbers(second));
        Assert.Contains("were not kept", Assert.Throws<DataException>(() => second.Runs[0].Module).Message);
        // Who wants weights does not get a cell without them.
        Assert.All(Cached.Run().Cells, cell => Assert.False(cell.IsCached));
        Assert.All(light.Run().Cells, cell => Assert.True(cell.IsCached));
    }

    [Fact]
    public void Own_code_is_never_taken_from_the_cache_without_a_name()
    {
        Model Weighted(double factor, string name) => Model.Named(name).Input(4)
            .Task("y", Head.Regress(), loss: Loss.Of("own", (output, target) => factor * (output - target).square()));
        Study With(params Model[] models) => Study.On(Small.Data()).Variants(models).Train(t => t.Adam(1e-2).Epochs(2).Batch(8)).Cache(folder.Path);
        var unnamed = With(Weighted(1, "own"), Small.Linear);
        unnamed.Run();
        var again = unnamed.Run();
        Assert.Equal([false, true], again.Cells.Select(cell => cell.IsCached));
        Assert.Contains("model 'own'", Assert.Single(again.Notes));
        Assert.Contains(".Key(", again.Notes[0]);

        // Two variants that differ in their code alone stay two.
        var named = With(Weighted(1, "once"), Weighted(2, "twice")).Key("factors, version 1");
        var first = named.Run();
        var second = named.Run();
        Assert.All(second.Cells, cell => Assert.True(cell.IsCached));
        Assert.Empty(second.Notes);
        Assert.NotEqual(second.Mean("once", "y/loss"), second.Mean("twice", "y/loss"));
        Assert.Equal(Small.Numbers(first), Small.Numbers(second));
        Assert.All(named.Key("factors, version 2").Run().Cells, cell => Assert.False(cell.IsCached));
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_negative_zero_come_back_as_they_were()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.1 + 0.2, double.Epsilon, double.MaxValue];
        var environment = RunEnvironment.Of("cpu");
        var stored = new StoredRun([.. values.Select((value, i) => new Measurement(i, "test", "a \"task\"", "±", value, i == 0 ? "one class" : null))], 3, 2, TimeSpan.FromTicks(12345),
            environment, ["from step 3"], null);
        var read = StoredRun.Parse(stored.ToBytes("variant", 0, GridPoint.Empty));
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.History.Select(row => BitConverter.DoubleToInt64Bits(row.Value)));
        Assert.Equal(["one class", null], read.History.Take(2).Select(row => row.Undefined));
        Assert.Equal("from step 3", Assert.Single(read.Remarks));
        Assert.Equal("a \"task\"/±", read.History[0].Key);
        Assert.Equal((3, 2, 12345L, environment), (read.Epochs, read.BestEpoch, read.Duration.Ticks, read.Environment));
    }

    private StudyRole Share(int index, int count) => new(StudyPart.Share, index, count, DateTimeOffset.UtcNow, folder.Path);

    private StudyRole Gather => new(StudyPart.Gather, Folder: folder.Path);

    [Fact]
    public void A_share_whose_others_never_start_computes_all()
    {
        var study = Small.Study.Seeds(3);
        var whole = study.Run();
        Assert.Equal(Small.Numbers(whole), Small.Numbers(study.Run(Share(1, 8))));
        Assert.Equal(6, folder.Cells.Length);
        Assert.Equal(Small.Numbers(whole), Small.Numbers(study.Run(Gather)));
    }

    [Fact]
    public void A_gatherer_trains_nothing_and_says_why_cells_are_missing()
    {
        var study = Study.On(Small.Seeded).Variants(Small.Linear, Small.FailingWith(0)).Seeds(2).Train(t => t.Epochs(1)).Key("v1");
        Assert.Contains("it was not computed yet", Assert.Throws<TrainingException>(() => study.Run(Gather)).Message);
        study.Seeds([0]).Run(Share(0, 1));
        var gathered = study.Run(Gather);
        Assert.Contains("became NaN", gathered.Failures[0].Message);
        Assert.All(gathered.Failures.Skip(1), failure => Assert.Equal("it was not computed yet", failure.Message));
        study.Run(StudyRole.Alone with { Folder = folder.Path });
        Assert.Contains("became NaN", Assert.Single(study.Run(Gather).Failures).Message);
        // A failure that was noted is no result: whoever runs the study tries again.
        Assert.Equal(3, study.Run(StudyRole.Alone with { Folder = folder.Path }).Cells.Count(cell => cell.IsCached));
    }

    [Fact]
    public void A_cell_that_failed_in_another_process_is_not_tried_again_by_a_share()
    {
        var study = Study.On(Small.Seeded).Variants(Small.Linear, Small.FailingWith(0)).Train(t => t.Epochs(1)).Key("v1");
        var share = Share(0, 2);
        study.Run(share);
        var written = Directory.GetFiles(folder.Path, "*.failed.json").Select(File.GetLastWriteTimeUtc).Single();
        Assert.Contains("became NaN", Assert.Single(study.Run(share).Failures).Message);
        Assert.Equal(written, Directory.GetFiles(folder.Path, "*.failed.json").Select(File.GetLastWriteTimeUtc).Single());
        // Those that are started later do.
        study.Run(Share(0, 2));
        Assert.NotEqual(written, Directory.GetFiles(folder.Path, "*.failed.json").Select(File.GetLastWriteTimeUtc).Single());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_cell_at_which_processes_die_again_and_again_is_given_up(int deaths, bool isGivenUp)
    {
        var study = Small.Study.Cache(folder.Path);
        study.Run();
        var cell = folder.Cells.Order().First();
        File.Delete(cell);
        var role = Share(0, 1);
        File.WriteAllLines(Path.ChangeExtension(cell, "lock"), Enumerable.Repeat($"{DateTimeOffset.UtcNow:O}", deaths));
        var result = study.Run(role);
        Assert.Equal(isGivenUp ? 1 : 0, result.Failures.Count);
        Assert.Equal(isGivenUp, result.Failures.Any(failure => failure.Message.StartsWith("2 processes ended without a word")));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.lock"));
    }

    [Fact]
    public void A_cell_that_another_process_is_at_is_waited_for()
    {
        Cached.Run();
        var path = folder.Cells.Order().First();
        var (hash, kept) = (Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path));
        File.Delete(path);
        var claim = new StudyCache(folder.Path, true).TryTake(hash);
        Assert.NotNull(claim);
        Assert.Null(new StudyCache(folder.Path, true).TryTake(hash));
        var other = new Thread(() =>
        {
            Thread.Sleep(300);
            File.WriteAllBytes(path, kept);
            claim.Dispose();
        });
        other.Start();
        Assert.All(Cached.Run().Cells, cell => Assert.True(cell.IsCached));
        other.Join();
        Assert.Empty(Directory.GetFiles(folder.Path, "*.lock"));
    }

    [Fact]
    public void Roles_are_read_as_they_are_written()
    {
        foreach (var role in new StudyRole[] { new(StudyPart.Share, 2, 8, DateTimeOffset.UtcNow), new(StudyPart.Gather), StudyRole.Alone })
            Assert.Equal(role with { Folder = "f" }, StudyRole.Parse(role.ToString(), "f"));
        foreach (var wrong in new[] { "share 8/8 2026-01-31", "share -1/2 2026-01-31", "share 1/2", "share 1/2 then", "all" })
            Assert.Throws<DeclarationException>(() => StudyRole.Parse(wrong, null));
        Assert.Contains("no cache", Assert.Throws<DeclarationException>(() => Small.Study.Run(new StudyRole(StudyPart.Gather))).Message);
    }
}
