using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Polytask.Notebooks.Tests.Jupyter;

/// <summary>Ports of this machine.</summary>
public static class Ports
{
    /// <summary>Some that nobody listens on.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Stop();
        return ports;
    }

    /// <summary>Whether somebody listens on a port.</summary>
    public static bool IsListenedOn(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(l => l.Port == port);
}
