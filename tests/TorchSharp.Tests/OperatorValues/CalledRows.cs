using System.Reflection;

namespace TorchSharp.Tests;

/// <summary>
/// Which rows of the core table an action calls. Each row keeps its operator in a slot that is filled by the first call, so the slots
/// are emptied before the action and looked at after it.
/// </summary>
internal static class CalledRows
{
    private static readonly (string Native, string Overload)[] rows = [.. Ops.core_operators().Select(row => (row.Native, row.Overload))];

    private static readonly (FieldInfo Slot, int Row)[] slots = [.. FindSlots()];

    /// <summary>All rows, each operator once however many names it has.</summary>
    public static IEnumerable<(string Native, string Overload)> All => rows.Distinct();

    public static IReadOnlySet<(string Native, string Overload)> During(Action action)
    {
        foreach (var (slot, _) in slots) slot.SetValue(null, (nint)0);
        action();
        return slots.Where(slot => (nint)slot.Slot.GetValue(null)! != 0).Select(slot => rows[slot.Row]).ToHashSet();
    }

    private static IEnumerable<(FieldInfo, int)> FindSlots()
    {
        const string prefix = "s_core_operators_";
        foreach (var field in typeof(Ops).GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            if (field.Name.StartsWith(prefix, StringComparison.Ordinal)) yield return (field, int.Parse(field.Name[prefix.Length..].Split('_')[0]));
    }
}
