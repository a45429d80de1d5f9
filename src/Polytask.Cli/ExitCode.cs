namespace Polytask.Cli;

/// <summary>What the command says to the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int CellFailed = 1;
    public const int BadInput = 2;
    public const int TimedOut = 3;
    public const int Interrupted = 130;
}
