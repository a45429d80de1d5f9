using System.Net.NetworkInformation;
using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter;
using Polytask.Notebooks.Jupyter.Protocol;

namespace Polytask.Notebooks.Tests.Jupyter;

/// <summary>What a kernel makes of messages, right ones and others.</summary>
public sealed class ProtocolTests(ServedKernel kernel) : IClassFixture<ServedKernel>, IDisposable
{
    private readonly RawClient _client = new(kernel.Connection);

    public void Dispose() => _client.Dispose();

    [ZeroMqFact]
    public void It_says_what_it_is()
    {
        var info = _client.Ask("kernel_info_request", []).Content;
        Assert.Equal("5.3", info.Text("protocol_version"));
        Assert.Equal("C#", ((JsonObject)info["language_info"]!).Text("name"));
        Assert.Equal("text/x-csharp", ((JsonObject)info["language_info"]!).Text("mimetype"));
    }

    [ZeroMqFact]
    public void It_listens_on_loopback_only()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => kernel.Ports.Contains(l.Port)).ToArray();
        Assert.Equal(5, listeners.Length);
        Assert.All(listeners, l => Assert.Equal("127.0.0.1", l.Address.ToString()));
    }

    [ZeroMqFact]
    public void Its_heart_sends_back_what_it_gets() =>
        Assert.Equal("any bytes \0 at all"u8.ToArray(), _client.Beat("any bytes \0 at all"u8.ToArray()));

    [ZeroMqFact]
    public void A_message_with_a_wrong_signature_is_never_answered()
    {
        var forged = new MessageFrames("another key"u8.ToArray()).Write(
            _client.Message("execute_request", new JsonObject { ["code"] = "File.WriteAllText(\"forged\", \"\")" }));
        _client.Send(forged);
        _client.Send(forged, KernelChannel.Control);

        // Answers come in the order of the requests: the first one is to this.
        _client.Ask("kernel_info_request", []);
        _client.Ask("kernel_info_request", [], KernelChannel.Control);
        Assert.Equal("False", Result(_client.Run("File.Exists(\"forged\")").Outputs));
    }

    [ZeroMqFact]
    public void A_message_that_comes_again_is_not_answered_again()
    {
        var frames = _client.Frames(_client.Message("kernel_info_request", []));
        _client.Send(frames);
        _client.Send(frames);
        _client.Receive(KernelChannel.Shell);
        _client.Ask("comm_info_request", []);
    }

    [ZeroMqFact]
    public void Garbage_does_no_harm()
    {
        var random = new Random(5);
        var good = _client.Frames(_client.Message("kernel_info_request", []));
        for (var i = 0; i < 2000; i++)
        {
            var frames = good.Select(f => f.ToArray()).ToList();
            switch (random.Next(5))
            {
                case 0:
                    frames = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Bytes(random))];
                    break;
                case 1:
                    frames.RemoveAt(random.Next(frames.Count));
                    break;
                case 2:
                    frames[random.Next(1, frames.Count)] = Bytes(random);
                    break;
                case 3:
                    frames = frames[..random.Next(1, 6)];
                    break;
                default:
                    // Signed, and no message all the same.
                    frames = Signed(random.Next(6) switch
                    {
                        0 => ["[]", "{}", "{}", "{}"],
                        1 => ["{}", "{}", "{}", "{}"],
                        2 => ["""{"msg_id": 5, "msg_type": "x"}""", "{}", "{}", "{}"],
                        3 => ["""{"msg_id": "a", "msg_type": "kernel_info_request"}""", "{}", "{}", "\"\\u00"],
                        4 => ["""{"msg_id": "a", "msg_type": ["b"]}""", "null", "{}", "{}"],
                        _ => [new string('[', 100_000), "{}", "{}", $"{i}"],
                    });
                    break;
            }
            _client.Send(frames, random.Next(3) switch { 0 => KernelChannel.Control, 1 => KernelChannel.Input, _ => KernelChannel.Shell });
        }
        Assert.Equal("5.3", _client.Ask("kernel_info_request", []).Content.Text("protocol_version"));
        Assert.Equal("5.3", _client.Ask("kernel_info_request", [], KernelChannel.Control).Content.Text("protocol_version"));
        Assert.Equal("2", Result(_client.Run("1 + 1").Outputs));
    }

    [ZeroMqFact]
    public void Another_version_of_the_protocol_is_refused_and_told_which_one_to_speak()
    {
        var message = _client.Message("execute_request", new JsonObject { ["code"] = "Console.Write(\"ran\");" });
        message.Header["version"] = "4.1";
        _client.Send(_client.Frames(message));
        var reply = _client.Receive(KernelChannel.Shell);
        Assert.Equal("error", reply.Content.Text("status"));
        Assert.Equal("the message is of version 4.1 of the protocol; this kernel speaks 5.3", reply.Content.Text("evalue"));
        Assert.Equal(["status", "status"], _client.OutputsOf(RawClient.Id(message)).Select(o => o.Type));

        var question = _client.Message("kernel_info_request", []);
        question.Header["version"] = "4.1";
        _client.Send(_client.Frames(question));
        Assert.Equal("5.3", _client.Receive(KernelChannel.Shell).Content.Text("protocol_version"));
    }

    [ZeroMqTheory]
    [InlineData("debug_request", "this kernel has no debugger")]
    [InlineData("teleport_request", "this kernel has no answer to 'teleport_request'")]
    [InlineData("execute_request", "the execute_request has no code")]
    public void What_it_cannot_do_is_answered(string type, string message)
    {
        var reply = _client.Ask(type, []);
        Assert.Equal(type.Replace("_request", "_reply"), reply.Type);
        Assert.Contains(message, reply.Content.Text("evalue") ?? reply.Content.Text("message"));
    }

    [ZeroMqFact]
    public void Widgets_hear_that_there_are_none()
    {
        var opened = _client.Send("comm_open", new JsonObject { ["comm_id"] = "c", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        _client.Send("comm_msg", new JsonObject { ["comm_id"] = "c", ["data"] = new JsonObject() });
        var closed = _client.OutputsOf(RawClient.Id(opened))[1];
        Assert.Equal("comm_close", closed.Type);
        Assert.Equal("c", closed.Content.Text("comm_id"));
        Assert.Equal("{}", _client.Ask("comm_info_request", []).Content["comms"]!.ToJsonString());
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);
        return bytes;
    }

    private List<byte[]> Signed(params string[] parts)
    {
        byte[][] bytes = [.. parts.Select(Encoding.UTF8.GetBytes)];
        return ["<IDS|MSG>"u8.ToArray(), Encoding.ASCII.GetBytes(new MessageSigner(kernel.Connection.Key).Sign(bytes)), .. bytes];
    }

    private static string? Result(IEnumerable<JupyterMessage> outputs) =>
        ((JsonObject?)outputs.SingleOrDefault(o => o.Type == "execute_result")?.Content["data"])?.Text("text/plain");
}
