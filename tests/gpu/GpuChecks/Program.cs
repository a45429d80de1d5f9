using GpuChecks;
using TorchSharp;
using static TorchSharp.torch;

// GpuChecks [--cpu] [--brief] [--out FILE]: the engine's checks and timings on CUDA, or, to try the program itself, on the CPU.
string? file = null;
var (onCpu, brief) = (false, false);
for (var k = 0; k < args.Length; k++)
{
    switch (args[k])
    {
        case "--cpu": onCpu = true; break;
        case "--brief": brief = true; break;
        case "--out" when k + 1 < args.Length: file = args[++k]; break;
        default:
            Console.Error.WriteLine($"'{args[k]}' is not known; usage: GpuChecks [--cpu] [--brief] [--out FILE]");
            return 2;
    }
}
var report = new Report();
report.Fact("libtorch", __version__);
report.Fact("runtime", Environment.Version.ToString());
if (!onCpu && !cuda.is_available())
{
    Console.Error.WriteLine("no CUDA device is seen; --cpu runs the checks on the CPU");
    return 2;
}
var device = onCpu ? CPU : CUDA;
report.Fact("device", onCpu ? "cpu" : cuda.get_device_name(device));
if (!onCpu) report.Fact("compute capability", string.Join('.', cuda.get_device_capability(device)));
// float32 as the CPU has it; both libraries otherwise round to 10 bits on devices that can.
backends.cuda.matmul.allow_tf32 = false;
backends.cudnn.allow_tf32 = false;
OperatorChecks.Run(report, device);
ModuleChecks.Run(report, device);
PrecisionChecks.Run(report, device);
if (!onCpu) CudaChecks.Run(report, device);
Timings.Run(report, device, brief);
report.Summarise();
if (file is not null) report.WriteTo(file);
return report.Failed == 0 ? 0 : 1;
