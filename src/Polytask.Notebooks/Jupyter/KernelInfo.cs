using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter.Protocol;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Jupyter;

/// <summary>What a kernel says of itself.</summary>
internal static class KernelInfo
{
    private static string Version =>
        typeof(KernelInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>kernel_info_reply.</summary>
    /// <param name="language">csharp or fsharp.</param>
    public static JsonObject Of(string language)
    {
        var info = CellLanguage.Info(language);
        info["version"] = Environment.Version.ToString();
        info["codemirror_mode"] = (string)info["mimetype"]!;
        return new JsonObject
        {
            ["status"] = "ok",
            ["protocol_version"] = JupyterMessage.ProtocolVersion,
            ["implementation"] = "polytask",
            ["implementation_version"] = Version,
            ["language_info"] = info,
            ["banner"] = $"Polytask {Version}, {info["name"]} on {RuntimeInformation.FrameworkDescription}. "
                + "Cells in the other language begin with #!csharp or #!fsharp; #!lsmagic lists the commands.",
            ["debugger"] = false,
            ["help_links"] = new JsonArray(),
        };
    }
}
