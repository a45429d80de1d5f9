using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What task tokens hide in <see cref="Tabular"/>'s attention over columns.</summary>
[Flags]
public enum TaskTokenMask
{
    /// <summary>All tokens look at all.</summary>
    None = 0,

    /// <summary>A task's token does not look at another task's (T×T).</summary>
    TasksFromTasks = 1,

    /// <summary>Feature tokens do not look at task tokens (F×T).</summary>
    TasksFromFeatures = 2,
}

/// <summary>
/// The transformer of MultiTab-Net (Sinodinos et al., AAAI 2026), made by <see cref="Block.Tabular"/>. A block is a layer over the tokens of each row,
/// with the task mask, then a layer over the rows of the batch, each row one token of width (tasks + columns) * width; so an output depends on the other
/// rows of its batch, also in evaluation. Weights start from N(0, 0.01²), biases from 0, as in the paper.
/// </summary>
public sealed record Tabular : Block
{
    internal Tabular(ImmutableArray<long> cardinalities, int tasks, long width)
    {
        if (tasks < 1) throw new DeclarationException($"a tabular transformer has a token for at least 1 task, but got {tasks}");
        Features = new FeatureTokens(cardinalities, width);
        (Tasks, Width) = (tasks, width);
    }

    /// <summary>What makes tokens of the columns.</summary>
    public Block Features { get; }

    /// <summary>The number of task tokens.</summary>
    public int Tasks { get; }

    /// <summary>The length of each token.</summary>
    public long Width { get; }

    /// <summary>How many times attention over columns and rows alternates.</summary>
    public int Depth { get; private init; } = 1;

    /// <summary>The heads of both kinds of attention.</summary>
    public int Heads { get; private init; } = 4;

    /// <summary>The hidden width of the feed-forward parts.</summary>
    public long Hidden { get; private init; } = 256;

    /// <summary>The share of activations set to zero while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>What task tokens hide from others.</summary>
    public TaskTokenMask Mask { get; private init; } = TaskTokenMask.TasksFromTasks;

    /// <summary>Whether rows attend to each other.</summary>
    public bool AttendsToRows { get; private init; } = true;

    /// <summary>Whether the rows' places in the batch turn their queries and keys.</summary>
    public bool HasRotaryRows { get; private init; }

    /// <summary>The same with several blocks.</summary>
    public Tabular WithDepth(int blocks) => this with { Depth = Positive(blocks, "block") };

    /// <summary>The same with another number of heads.</summary>
    public Tabular WithHeads(int heads) => this with { Heads = Positive(heads, "head") };

    /// <summary>The same with another hidden width of the feed-forward parts.</summary>
    public Tabular WithHidden(long width) => this with { Hidden = Positive((int)width, "hidden unit") };

    /// <summary>The same with dropout.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Tabular WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <summary>The same with another mask.</summary>
    public Tabular WithMask(TaskTokenMask mask) => this with { Mask = mask };

    /// <summary>Attention over columns only: an output depends on its own row alone.</summary>
    public Tabular WithoutRowAttention() => this with { AttendsToRows = false };

    /// <summary>Rotary positions of the rows in the batch, as in the paper's synthetic experiments.</summary>
    public Tabular WithRotaryRows() => this with { HasRotaryRows = true };

    /// <inheritdoc/>
    public override string Name => "tabular";

    /// <inheritdoc/>
    public override string Describe() => $"tabular transformer, {Tasks} task tokens and {Features}, {(Depth == 1 ? "1 block" : $"{Depth} blocks")} over columns"
        + (AttendsToRows ? " and rows" : "") + $", {Heads} heads, mask {Mask}" + Probability.Described(Dropout);

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place)
    {
        var tokens = Features.Output(input, place);
        var output = Shape.Of(Tasks + tokens[0], Width);
        new Attention(Heads).Output(output, place);
        if (AttendsToRows && HasRotaryRows && output.Count / Heads % 2 != 0)
            throw new DeclarationException($"{place}: rotary attention over rows turns pairs of numbers, but a head is {output.Count / Heads} wide "
                + $"(({Tasks} + {tokens[0]}) x {Width} / {Heads}); choose a width or heads that make it even");
        return output;
    }

    internal override void Check(string task, string split, Tensor inputs) => Features.Check(task, split, inputs);

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new TabularModule(input, this);

    internal AttentionMask MaskOver(long columns)
    {
        var mask = AttentionMask.Over(("task", Tasks), ("feature", (int)columns));
        if (Mask.HasFlag(TaskTokenMask.TasksFromTasks)) mask = mask.Hide("task", from: "task");
        if (Mask.HasFlag(TaskTokenMask.TasksFromFeatures)) mask = mask.Hide("task", from: "feature");
        return mask;
    }

    private static int Positive(int count, string what) => count >= 1
        ? count
        : throw new DeclarationException($"a tabular transformer needs at least 1 {what}, but got {count}");
}

internal sealed class TabularModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> features;
    private readonly Parameter tasks;
    private readonly ModuleList<TransformerLayer> columns = [];
    private readonly ModuleList<TransformerLayer> rows = [];

    public TabularModule(Shape input, Tabular spec) : base("tabular")
    {
        features = spec.Features.Build(input);
        tasks = new Parameter(empty(spec.Tasks, spec.Width));
        var tokens = Shape.Of(spec.Tasks + input[0], spec.Width);
        var all = Shape.Of(1, tokens.Count);
        var attention = new Attention(spec.Heads).WithDropout(spec.Dropout);
        TransformerLayer Layer(Shape over, Attention mixer) =>
            new(over[1], mixer.Build(over), null, spec.Hidden, Activation.GELU, spec.Dropout);
        for (var block = 0; block < spec.Depth; block++)
        {
            columns.Add(Layer(tokens, spec.Mask == TaskTokenMask.None ? attention : attention.WithMask(spec.MaskOver(input[0]))));
            if (spec.AttendsToRows) rows.Add(Layer(all, spec.HasRotaryRows ? attention.Rotary() : attention));
        }
        RegisterComponents();
        Initialised.Draw(this, 0.01);
    }

    public override Tensor forward(Tensor x)
    {
        x = cat([tasks.expand(x.shape[0], -1, -1), features.call(x)], 1);
        for (var block = 0; block < columns.Count; block++)
        {
            x = columns[block].Forward(x);
            if (rows.Count > 0) x = rows[block].Forward(x.flatten(1).unsqueeze(0)).reshape(x.shape);
        }
        return x;
    }
}
