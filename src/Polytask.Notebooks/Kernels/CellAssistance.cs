using Polytask.Notebooks.Kernels.Magics;

namespace Polytask.Notebooks.Kernels;

/// <summary>Help with a cell that is being written: each part of it by its language's kernel, magic commands by themselves.</summary>
internal sealed class CellAssistance(IReadOnlyDictionary<string, ICellKernel> kernels, MagicAssistance magics)
{
    public Completions Complete(string source, string language, int position)
    {
        position = Math.Clamp(position, 0, source.Length);
        var none = new Completions(position, position, []);
        switch (CellParts.At(source, position, language, [.. kernels.Keys]))
        {
            case CellPlace.InCommand command:
                return Moved(magics.Complete(command), position - command.Column);
            case CellPlace.InCode code when kernels.TryGetValue(code.Language, out var kernel):
                return Moved(Tried(() => kernel.Complete(code.Text, code.Position)) ?? none, position - code.Position);
            default:
                return none;
        }
    }

    public Inspection? Inspect(string source, string language, int position) =>
        CellParts.At(source, Math.Clamp(position, 0, source.Length), language, [.. kernels.Keys]) switch
        {
            CellPlace.InCommand command => magics.Inspect(command),
            CellPlace.InCode code when kernels.TryGetValue(code.Language, out var kernel) => Tried(() => kernel.Inspect(code.Text, code.Position)),
            _ => null,
        };

    /// <summary>A cell is complete when its last part is. A part that another follows cannot be continued.</summary>
    public Completeness IsComplete(string source, string language)
    {
        var parts = CellParts.Split(source, language, [.. kernels.Keys]);
        var answer = Completeness.Complete;
        foreach (var part in parts)
        {
            answer = part switch
            {
                CellPart.Code code when kernels.TryGetValue(code.Language, out var kernel) => kernel.IsComplete(code.Text),
                CellPart.Command { Name: "#!time" } when part == parts[^1] => Completeness.Incomplete,
                _ => Completeness.Complete,
            };
            if (answer == Completeness.Invalid || answer == Completeness.Incomplete && part != parts[^1])
                return Completeness.Invalid;
        }
        return parts.Count == 0 && !string.IsNullOrWhiteSpace(source) ? Completeness.Incomplete : answer;
    }

    private static Completions Moved(Completions found, int by) => found with { Start = found.Start + by, End = found.End + by };

    /// <summary>A compiler may fail on a cell that nobody has run: that is no reason to end a session, only to have no answer.</summary>
    private static T? Tried<T>(Func<T?> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
