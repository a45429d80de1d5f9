using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Polytask;

/// <summary>Runs the cells of a study one after the other: all, or those that this process has to compute (<see cref="StudyRole"/>).</summary>
internal sealed class StudyRunner : IDisposable
{
    private sealed record Work(int Index, int Seed, Study Point, Model Model)
    {
        public string Label => Point.Point.Values.IsEmpty ? $"{Model.Name}, seed {Seed}" : $"{Model.Name}, {Point.Point}, seed {Seed}";
    }

    private const int MostDeaths = 2;

    private readonly Study study;
    private readonly StudyRole role;
    private readonly CancellationToken cancel;
    private readonly ImmutableArray<Study> points;
    private readonly Work[] works;
    private readonly StudyCell?[] cells;
    private readonly string?[] hashes;
    private readonly StudyCache? cache;
    private readonly StudyProgress progress;
    private readonly List<string> notes = [];
    private (int Seed, DataSource? Data, Lazy<DataSplits>? Splits, Dictionary<torch.Tensor, byte[]> Hashes) current = (0, null, null, []);

    public StudyRunner(Study study, StudyRole role, CancellationToken cancel)
    {
        (this.study, this.role, this.cancel) = (study, role, cancel);
        points = StudyGrid.PointsOf(study);
        var all = from seed in study.SeedList from point in points from model in point.Models select (seed, point, model);
        works = [.. all.Select((each, i) => new Work(i, each.seed, each.point, each.model))];
        (cells, hashes) = (new StudyCell?[works.Length], new string?[works.Length]);
        if ((study.CacheFolder ?? role.Folder) is { } folder) cache = new StudyCache(folder, study.CachesWeights);
        if (cache is null && role.IsShared)
            throw new DeclarationException("the study is shared between processes, but has no cache; add .Cache(folder)");
        var title = $"{study.Data.Name}: {study.Models.Length} {(study.Models.Length == 1 ? "variant" : "variants")} x {study.SeedList.Length} {(study.SeedList.Length == 1 ? "seed" : "seeds")}"
            + (points.Length > 1 ? $" x {points.Length} grid points" : "");
        progress = new StudyProgress(title, works.Sum(work => (long)work.Point.Plan.EpochCount), role.Count);
    }

    /// <summary>Runs what is to be run.</summary>
    public StudyResult Run()
    {
        // Data that differs from point to point is made once for all cells of a seed that read it.
        var data = points.Select(point => point.Data).Distinct(ReferenceEqualityComparer.Instance).ToList();
        var ordered = works.OrderBy(work => study.SeedList.IndexOf(work.Seed)).ThenBy(work => data.IndexOf(work.Point.Data)).ToArray();
        var (own, others) = (ordered.Where(work => role.IsOwn(work.Index)).ToArray(), ordered.Where(work => !role.IsOwn(work.Index)).ToArray());
        // Where another process is at a cell, it is asked for again at the end.
        Work[] taken = [.. Pass(own), .. Pass(others)];
        while (taken.Length > 0 && !cancel.IsCancellationRequested)
        {
            Thread.Sleep(100);
            taken = [.. Pass(taken)];
        }
        return Result();
    }

    private StudyResult Result()
    {
        for (var i = 0; i < cells.Length; i++) cells[i] ??= Failed(works[i], "it was not run, because the study was stopped", null);
        var failures = cells.Where(cell => cell!.Failure is not null).Select(cell => cell!.Failure!).ToArray();
        if (failures.Length == cells.Length)
        {
            if (failures.FirstOrDefault(failure => failure.Error is not null)?.Error is { } error) ExceptionDispatchInfo.Throw(error);
            cancel.ThrowIfCancellationRequested();
            throw new TrainingException($"no cell of the study has a result; {failures[0]}");
        }
        if (failures.Length > 0) Note($"{failures.Length} of {cells.Length} cells have no result; {failures[0]}"
            + (failures.Length > 1 ? "; all of them are in result.Failures" : ""));
        return new StudyResult(study, points, [.. cells!], notes);
    }

    // Gives back the cells that other processes are at.
    private IEnumerable<Work> Pass(Work[] chosen)
    {
        var taken = new List<Work>();
        foreach (var work in chosen)
        {
            if (cancel.IsCancellationRequested) break;
            Waiting.Point();
            try
            {
                if (!Attempt(work)) taken.Add(work);
            }
            catch (CellInterruptedException)
            {
                cells[work.Index] = Failed(work, "it was interrupted", null);
            }
            catch (Exception error) when (IsOfCell(error) && !study.StopsAtFailure)
            {
                cells[work.Index] = Failed(work, error.Message, error);
            }
            if (cells[work.Index] is not null) progress.Finished(work.Point.Plan.EpochCount, work.Label);
        }
        return taken;
    }

    // False where another process is at the cell.
    private bool Attempt(Work work)
    {
        var hash = cache is null ? null : hashes[work.Index] ??= HashOf(work);
        if (hash is null)
        {
            cells[work.Index] = Finished(work, Train(work));
            return true;
        }
        if (Taken(work, hash)) return true;
        if (role.IsShared && KnownFailure(hash) is { } known)
        {
            cells[work.Index] = Failed(work, known, null);
            return true;
        }
        using var claim = cache!.TryTake(hash);
        if (claim is null) return false;
        // Between the first look and the claim another process may have finished it.
        if (Taken(work, hash)) return true;
        if (role.Part == StudyPart.Share && claim.Deaths(role.Since!.Value) is >= MostDeaths and var deaths)
        {
            // Each of the others would end in the same way, and with it the cells that it could still compute.
            var message = $"{deaths} processes ended without a word while they computed it (out of memory?)";
            cache.WriteFailure(hash, message);
            cells[work.Index] = Failed(work, message, null);
            return true;
        }
        try
        {
            var run = Train(work);
            cache.Write(hash, run, work.Point.Point);
            cells[work.Index] = Finished(work, run);
        }
        catch (Exception error) when (IsOfCell(error))
        {
            cache.WriteFailure(hash, error.Message);
            throw;
        }
        return true;
    }

    // Of a gatherer, which computes nothing, or of a share: what another process has tried in vain since all of them started.
    private string? KnownFailure(string hash) => role.Part == StudyPart.Gather
        ? cache!.Failure(hash, null) ?? "it was not computed yet"
        : cache!.Failure(hash, role.Since);

    private bool Taken(Work work, string hash)
    {
        var run = cache!.Read(hash, work.Model, work.Point.Plan, work.Seed, out var damage);
        if (damage is not null) Note(damage);
        if (run is null) return false;
        cells[work.Index] = Finished(work, run) with { IsCached = true };
        return true;
    }

    private Run Train(Work work)
    {
        var trainer = new Trainer(work.Model, SplitsOf(work), work.Point.Plan, work.Seed);
        var run = progress.Trained(work.Label, report => trainer.Train(report, cancel));
        return run.Interrupted ? throw new CellInterruptedException() : run;
    }

    // Null where the cell cannot be known again.
    private string? HashOf(Work work)
    {
        var splits = SplitsOf(work);
        using var form = new CanonicalForm(tensors: current.Hashes);
        form.Add("builds", CanonicalForm.Builds);
        form.Add("engine", torch.__version__);
        form.Add($"model '{work.Model.Name}'", work.Model);
        form.Add("plan", work.Point.Plan);
        form.Add("seed", work.Seed);
        form.Add("data", splits.Only([.. work.Model.Tasks.Select(task => task.Name)]));
        if (form.OwnCode.Count > 0)
        {
            if (study.OwnCodeKey is null)
            {
                var why = $"{form.OwnCode[0]} holds code of your own, which cannot be compared with what it was when a result was kept";
                if (role.IsShared)
                    throw new StudyCannotBeSharedException($"{why}; name that code with .Key(\"...\"), so that processes can share results");
                Note($"{why}: such cells are not kept and are trained anew each time; name that code with .Key(\"...\") to keep them");
                return null;
            }
            form.Add("key", study.OwnCodeKey);
            // Two variants may differ in their own code alone.
            form.Add("variant", work.Model.Name);
            form.Add("point", work.Point.Point.ToString());
        }
        return Convert.ToHexString(form.Hash())[..40].ToLower(CultureInfo.InvariantCulture);
    }

    private DataSplits SplitsOf(Work work)
    {
        if (current.Splits is null || current.Seed != work.Seed || !ReferenceEquals(current.Data, work.Point.Data))
            current = (work.Seed, work.Point.Data, new(() => work.Point.Data.Split(work.Seed)), new(ReferenceEqualityComparer.Instance));
        return current.Splits!.Value;
    }

    private void Note(string text)
    {
        if (notes.Contains(text)) return;
        notes.Add(text);
        Console.Error.WriteLine($"study {study.Data.Name}: {text}");
    }

    private static StudyCell Finished(Work work, Run run) => new(work.Model.Name, work.Seed, work.Point.Point, run);

    private static StudyCell Failed(Work work, string message, Exception? error) => new(work.Model.Name, work.Seed, work.Point.Point, null,
        new StudyFailure(work.Model.Name, work.Seed, work.Point.Point, message, error));

    // A cell's own trouble, and not a request to stop, which a notebook makes by an exception of its own.
    private static bool IsOfCell(Exception error) =>
        error is not (OperationCanceledException or ThreadInterruptedException or CellInterruptedException or StudyCannotBeSharedException)
        && error.GetType().Namespace != "Polytask.Notebooks.Kernels.Interrupting";

    public void Dispose() => progress.Dispose();

    // A run that ended early is no result of its declaration.
    private sealed class CellInterruptedException : Exception;
}
