using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

public abstract partial record Adapter
{
    /// <summary>
    /// Attention over trained adapters (Pfeiffer et al., EACL 2021, section 3.2): at a layer with output h and updates u_s,
    /// h + V Σ_s softmax_s((Q h + q) · (K u_s + k)) u_s, with V the identity at the start: 3 d² + 2 d numbers for a width of d. Where all
    /// sources are at their start, so is it.
    /// </summary>
    public static AdapterCombination Fusion() => new AdapterFusion();
}

internal sealed record AdapterFusion : AdapterCombination
{
    public override string Name => "adapter fusion";

    public override string Describe() => Name;

    internal override LayerAdapter Make(AdaptedLayer layer, long width, IReadOnlyList<LayerAdapter> sources, nn.Module? common) =>
        new Attended(layer, width, sources);

    private sealed class Attended : LayerAdapter
    {
        private readonly TorchSharp.Modules.Linear query;
        private readonly TorchSharp.Modules.Linear key;
        private readonly TorchSharp.Modules.Linear value;
        private readonly Func<IReadOnlyList<LayerAdapter>> sources;

        public Attended(AdaptedLayer layer, long width, IReadOnlyList<LayerAdapter> sources) : base("fusion")
        {
            this.sources = () => sources;
            var own = layer.Module.parameters().FirstOrDefault();
            TorchSharp.Modules.Linear Map(bool bias) => nn.Linear(width, width, bias, own?.device, own?.dtype);
            (query, key, value) = (Map(true), Map(true), Map(false));
            nn.init.eye_(value.weight!);
            RegisterComponents();
        }

        public override Tensor Update(LayerCall call)
        {
            var source = call with { Task = -1 };
            var updates = stack([.. sources().Select(each => each.Update(source))], -2);                       // [..., n, d]
            var scores = key.call(updates).matmul(query.call(call.Output).unsqueeze(-1)).squeeze(-1);        // [..., n]
            return value.call(scores.softmax(-1).unsqueeze(-2).matmul(updates).squeeze(-2));
        }
    }
}
