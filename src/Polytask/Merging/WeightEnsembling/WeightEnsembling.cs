using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A merged body, some layers of which are merged anew for what they read (Tang et al., "Merging Multi-Task Models via Weight-Ensembling Mixture of
/// Experts", ICML 2024): theta_0 + sum_t w_t(h) tau_t with a router w on the layer's input h. All else is merged once. It runs in place of the
/// body:
/// <code>
/// using var moe = pool.WeightEnsembling(body, tasks, new() { Layers = ["*.mlp"] });
/// var logits = tasks[0].Head.call(moe.call(x));
/// SafeTensors.Save("moe.safetensors", moe.state_dict());
/// </code>
/// </summary>
/// <remarks>
/// The body gives the architecture: while this runs it has other numbers, and its own before and afterwards. The state dictionary holds
/// <c>theta</c> (theta_0 of weighed layers, merged tensors elsewhere), <c>taus</c> [T, ...] and <c>routers</c>; routers alone train. In memory
/// 1 + T times the weighed layers. Weights have no bounds: behind heads that do not normalise features, entropy also falls by ever larger weights,
/// which <see cref="Weights"/> shows; then take fewer steps.
/// </remarks>
public sealed partial class WeightEnsembling : nn.Module<Tensor, Tensor>
{
    // Behind a function, where registration does not look for modules: the body is no part of this one.
    private readonly Func<nn.Module<Tensor, Tensor>> body;
    private readonly List<RoutedLayer> routed = [];
    private readonly List<(string Name, Func<Tensor> Tensor)> fixedTensors = [];
    private readonly Container routers = new();
    private readonly Container theta = new();
    private readonly Container taus = new();

    private WeightEnsembling(nn.Module<Tensor, Tensor> body) : base("weight ensembling")
    {
        this.body = () => body;
        register_module("theta", theta);
        register_module("taus", taus);
        register_module("routers", routers);
        eval();
    }

    /// <summary>The layers that are weighed by what they read.</summary>
    public IReadOnlyList<string> Layers => [.. routed.Select(layer => layer.Name)];

    /// <summary>
    /// Whether each row has weights of its own, or the rows of a call the mean of theirs. Routers are trained by the mean over batches of one task
    /// in the paper, and used on rows one by one: a batch of several tasks has the mean of all.
    /// </summary>
    public bool IsPerRow { get; set; }

    /// <summary>How many numbers the routers are.</summary>
    public long RouterCount => routers.parameters().Sum(parameter => parameter.numel());

    /// <summary>The mean entropy of the predictions of each task in each step of training, before it: [step][task].</summary>
    public IReadOnlyList<IReadOnlyList<double>> Entropies => entropies;

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        var module = body();
        using var modes = new ModuleModes(training, module);
        try
        {
            foreach (var layer in routed) (layer.IsOn, layer.IsPerRow) = (true, IsPerRow);
            return FunctionalCall.Run(module, fixedTensors.ToDictionary(pair => pair.Name, pair => pair.Tensor()), () => module.call(x));
        }
        finally
        {
            foreach (var layer in routed)
            {
                layer.IsOn = false;
                layer.Restore();
            }
        }
    }

    /// <summary>w_t(h) of each row at each layer for inputs x: [rows][tasks], in the order of the tuned models.</summary>
    public IReadOnlyDictionary<string, double[][]> Weights(Tensor x)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var found = new Dictionary<string, double[][]>();
        try
        {
            foreach (var layer in routed) layer.Observer = (name, w) => found[name] = Rows(w);
            call(x);
        }
        finally
        {
            foreach (var layer in routed) layer.Observer = null;
        }
        return found;

        static double[][] Rows(Tensor w)
        {
            var flat = w.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
            return [.. flat.Chunk((int)w.shape[1])];
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var remove in routed.SelectMany(layer => layer.Hooks)) remove();
        base.Dispose(disposing);
    }

    internal static WeightEnsembling Of(
        MergePool pool, nn.Module<Tensor, Tensor> body, IReadOnlyList<MergeTask> tasks, WeightEnsemblingOptions options)
    {
        options.Check();
        if (tasks.Count == 0) throw new ArgumentException("weight ensembling needs the inputs of at least one task");
        foreach (var task in tasks)
            if (task.Inputs.Dimensions == 0 || task.Inputs.shape[0] == 0)
                throw new ArgumentException($"task '{task.Name}' has no rows to learn from: its inputs are "
                    + $"[{string.Join(", ", task.Inputs.shape)}], expected [rows, ...]");
        var rest = pool.By(options.Rest ?? MergeMethod.TaskArithmetic(options.Scale));
        ModuleFit.Check("the pool", rest.Tensors, body, strict: true);
        var merged = PoolCheck.Merged(pool.Base, pool.Tuned, pool.Excluded);
        using var example = tasks[0].Inputs.narrow(0, 0, 1);
        var chosen = RoutedChoice.Of(body, example, merged, options);
        var moe = new WeightEnsembling(body) { IsPerRow = options.IsPerRow };
        try
        {
            moe.Build(pool, rest, chosen, options);
            moe.Fit(tasks, options);
            return moe;
        }
        catch
        {
            moe.Dispose();
            throw;
        }
    }

    private void Build(MergePool pool, MergedModel rest, IReadOnlyList<RoutedChoice.Chosen> chosen, WeightEnsemblingOptions options)
    {
        using var untracked = no_grad();
        using var models = new OpenModels(pool, [], []);
        HashSet<string> weighed = [.. chosen.SelectMany(layer => layer.Parameters.Select(layer.InBody))];
        var like = body().parameters().FirstOrDefault();
        var (place, values) = (like?.device ?? CPU, rest.ToDictionary());
        foreach (var (name, value) in values)
        {
            using (value)
            {
                using var theta0 = weighed.Contains(name) ? models.Base.Read(name) : value.alias();
                Store(theta, name, theta0.to(place, copy: true));
            }
            if (!weighed.Contains(name)) fixedTensors.Add((name, () => Stored(theta, name)));
        }
        foreach (var layer in chosen)
        {
            foreach (var name in layer.Parameters.Select(layer.InBody)) Store(taus, name, Taus(models, name).to(place));
            var first = Stored(theta, layer.InBody(layer.Parameters[0]));
            var router = new WeightRouter(first, layer.Width, pool.Tuned.Length, options, StableRandom.For(options.Seed, $"router of {layer.Name}"));
            var cut = layer.Name.LastIndexOf('.');
            routers.At(cut < 0 ? "" : layer.Name[..cut]).Add(layer.Name.Length == 0 ? "body" : layer.Name[(cut + 1)..], router);
            routed.Add(new(layer.Name, layer.Layer, router,
                [.. layer.Parameters.Select(parameter => (parameter, At(theta, parameter), At(taus, parameter)))]));

            Func<Tensor> At(Container root, string parameter) => () => Stored(root, layer.InBody(parameter));
        }
    }

    // tau_t = theta_t - theta_0, [T, ...].
    private static Tensor Taus(OpenModels models, string name)
    {
        using var scope = NewDisposeScope();
        var theta0 = models.Base.Read(name);
        return stack([.. Enumerable.Range(0, models.Count).Select(t => models.Tuned(t).Read(name) - theta0)], 0).MoveToOuterDisposeScope();
    }

    private static void Store(Container root, string name, Tensor tensor)
    {
        var cut = name.LastIndexOf('.');
        root.At(cut < 0 ? "" : name[..cut]).register_buffer(name[(cut + 1)..], tensor.DetachFromDisposeScope());
    }

    // By name each time: moving a module to a device gives it other tensors.
    private static Tensor Stored(Container root, string name)
    {
        var cut = name.LastIndexOf('.');
        return root.At(cut < 0 ? "" : name[..cut]).get_buffer(name[(cut + 1)..])!;
    }
}
