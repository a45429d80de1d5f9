using System.Diagnostics;
using System.Text;

namespace TorchSharp;

/// <summary>Which lines of the user's code led to the operator that is being recorded, for anomaly detection.</summary>
internal static class CallerStack
{
    private const int MostFrames = 12;

    internal static string Describe()
    {
        var text = new StringBuilder();
        var frames = new StackTrace(fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetMethod() is { } method && method.DeclaringType?.Assembly != typeof(CallerStack).Assembly);
        foreach (var frame in frames.Take(MostFrames))
        {
            var method = frame.GetMethod()!;
            text.Append("  at ").Append(method.DeclaringType?.FullName).Append('.').Append(method.Name);
            if (frame.GetFileName() is { } file) text.Append(" in ").Append(file).Append(":line ").Append(frame.GetFileLineNumber());
            text.Append('\n');
        }
        return text.ToString();
    }
}
