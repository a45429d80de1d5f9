using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Jupyter.Protocol;

/// <summary>A connection file cannot be used; the message names it and what is wrong.</summary>
public sealed class ConnectionFileException(string message) : Exception(message);

/// <summary>Where a kernel listens and how its messages are signed, as the program that starts it says in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Key">The key of the signatures.</param>
/// <param name="Endpoints">The address of each channel, as libzmq takes it.</param>
internal sealed record ConnectionFile(string Path, byte[] Key, IReadOnlyDictionary<KernelChannel, string> Endpoints)
{
    private const string Scheme = "hmac-sha256";
    private static readonly (KernelChannel Channel, string Field)[] Ports =
    [
        (KernelChannel.Shell, "shell_port"), (KernelChannel.Control, "control_port"), (KernelChannel.Input, "stdin_port"),
            (KernelChannel.Output, "iopub_port"),
        (KernelChannel.Heartbeat, "hb_port"),
    ];

    /// <exception cref="ConnectionFileException">The file is missing, is no connection file, or asks for what would be unsafe.</exception>
    public static ConnectionFile Read(string path)
    {
        JsonNode? json;
        try
        {
            json = JsonText.Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionFileException($"the connection file {path} cannot be read: {error.Message}");
        }
        catch (FormatException error)
        {
            throw new ConnectionFileException($"the connection file {path} is not JSON: {error.Message}");
        }
        return Parse(json, path);
    }

    private static ConnectionFile Parse(JsonNode? json, string path)
    {
        if (json is not JsonObject fields)
            throw Fault("a JSON object is expected");
        var transport = fields.ContainsKey("transport") ? Text("transport") : "tcp";
        if (transport is not ("tcp" or "ipc"))
            throw Fault($"\"transport\" is '{transport}'; tcp and ipc can be used");
        if (fields.ContainsKey("signature_scheme") && Text("signature_scheme") is var scheme && scheme != Scheme)
            throw Fault($"\"signature_scheme\" is '{scheme}'; messages are signed with {Scheme}");
        var key = Text("key");
        if (key.Length == 0)
            throw Fault("\"key\" is empty, so every user of this machine could run code here; a key is needed");
        var ip = Text("ip");
        if (transport == "tcp" && !IsLoopback(ip))
            throw Fault($"\"ip\" is '{ip}'; only this machine itself may connect: 127.0.0.1. From elsewhere, use a tunnel (ssh -L)");
        var ports = Ports.Select(p => Port(p.Field, transport == "tcp" ? ushort.MaxValue : int.MaxValue)).ToArray();
        if (ports.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Fault($"the port {twice.Key} stands for more than one channel");
        return new ConnectionFile(path, Encoding.UTF8.GetBytes(key), Ports.Zip(ports).ToDictionary(p => p.First.Channel, p => transport == "tcp"
            ? string.Create(CultureInfo.InvariantCulture, $"tcp://{(ip == "localhost" ? "127.0.0.1" : ip)}:{p.Second}")
            : string.Create(CultureInfo.InvariantCulture, $"ipc://{ip}-{p.Second}")));

        string Text(string name) => fields[name] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw Fault(fields.ContainsKey(name) ? $"\"{name}\" is not a text" : $"\"{name}\" is missing");

        int Port(string name, int largest) => fields[name] is JsonValue value && value.TryGetValue<long>(out var number)
            && number >= 1 && number <= largest
            ? (int)number
            : throw Fault($"\"{name}\" is {fields[name]?.ToJsonString() ?? "missing"}; a number from 1 to {largest} is expected");

        ConnectionFileException Fault(string what) => new($"the connection file {path}: {what}");
    }

    private static bool IsLoopback(string ip) =>
        ip == "localhost" || IPAddress.TryParse(ip, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
        && IPAddress.IsLoopback(address);
}
