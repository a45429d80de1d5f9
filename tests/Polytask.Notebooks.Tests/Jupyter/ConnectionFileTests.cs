using System.Text;
using System.Text.Json.Nodes;
using Polytask.Notebooks.Jupyter.Protocol;

namespace Polytask.Notebooks.Tests.Jupyter;

public sealed class ConnectionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_Jupyter_is_read()
    {
        var file = Read("{}");
        Assert.Equal("tcp://127.0.0.1:50001", file.Endpoints[KernelChannel.Shell]);
        Assert.Equal("tcp://127.0.0.1:50005", file.Endpoints[KernelChannel.Heartbeat]);
        Assert.Equal("0123-abc", Encoding.UTF8.GetString(file.Key));
        Assert.Equal("ipc:///run/user/0/k-4",
            Read("""{"transport": "ipc", "ip": "/run/user/0/k", "stdin_port": 4}""").Endpoints[KernelChannel.Input]);
        Assert.Equal("tcp://127.0.0.1:50002", Read("""{"ip": "localhost"}""").Endpoints[KernelChannel.Output]);
    }

    [Theory]
    [InlineData("""{"ip": "0.0.0.0"}""", "\"ip\" is '0.0.0.0'; only this machine itself may connect")]
    [InlineData("""{"ip": "192.168.1.5"}""", "\"ip\" is '192.168.1.5'")]
    [InlineData("""{"ip": "*"}""", "\"ip\" is '*'")]
    [InlineData("""{"ip": "localhost.example.org"}""", "\"ip\" is 'localhost.example.org'")]
    [InlineData("""{"ip": null}""", "\"ip\" is not a text")]
    [InlineData("""{"key": ""}""", "\"key\" is empty")]
    [InlineData("""{"key": 5}""", "\"key\" is not a text")]
    [InlineData("""{"signature_scheme": "hmac-md5"}""", "\"signature_scheme\" is 'hmac-md5'; messages are signed with hmac-sha256")]
    [InlineData("""{"transport": "udp"}""", "\"transport\" is 'udp'; tcp and ipc can be used")]
    [InlineData("""{"shell_port": 0}""", "\"shell_port\" is 0; a number from 1 to 65535 is expected")]
    [InlineData("""{"hb_port": 70000}""", "\"hb_port\" is 70000")]
    [InlineData("""{"iopub_port": "80"}""", "\"iopub_port\" is \"80\"")]
    [InlineData("""{"iopub_port": 50001}""", "the port 50001 stands for more than one channel")]
    public void What_cannot_be_used_is_named(string changes, string message)
    {
        var error = Assert.Throws<ConnectionFileException>(() => Read(changes));
        Assert.Contains(message, error.Message);
        Assert.Contains(_folder["connection.json"], error.Message);
    }

    [Theory]
    [InlineData("", "is not JSON: line 1, column 1")]
    [InlineData("[1]", "a JSON object is expected")]
    [InlineData("{}", "\"key\" is missing")]
    public void Files_that_are_none_are_refused(string text, string message)
    {
        File.WriteAllText(_folder["connection.json"], text);
        Assert.Contains(message, Assert.Throws<ConnectionFileException>(() => ConnectionFile.Read(_folder["connection.json"])).Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(_folder["none.json"], Assert.Throws<ConnectionFileException>(() => ConnectionFile.Read(_folder["none.json"])).Message);

    private ConnectionFile Read(string changes)
    {
        var json = (JsonObject)JsonNode.Parse("""
            {"shell_port": 50001, "iopub_port": 50002, "stdin_port": 50003, "control_port": 50004, "hb_port": 50005, "ip": "127.0.0.1",
             "key": "0123-abc", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": "polytask-csharp", "jupyter_session": "x"}
            """)!;
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(changes)!)
            json[name] = value?.DeepClone();
        File.WriteAllText(_folder["connection.json"], json.ToJsonString());
        return ConnectionFile.Read(_folder["connection.json"]);
    }
}
