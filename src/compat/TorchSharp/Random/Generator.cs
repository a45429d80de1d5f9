using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers of a device.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        public unsafe Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            nint g;
            NativeCall.Check(NativeMethods.pt_generator_new((int)this.device.type, this.device.index, &g));
            handle = g;
            NativeCall.Check(NativeMethods.pt_generator_set_seed(handle, seed));
        }

        private Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        ~Generator() => Free();

        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        public Device device { get; }

        /// <summary>The one that operators use when none is given, on the CPU.</summary>
        public static unsafe Generator Default
        {
            get
            {
                nint g;
                NativeCall.Check(NativeMethods.pt_generator_default((int)DeviceType.CPU, -1, &g));
                return new Generator(g, CPU);
            }
        }

        public Generator manual_seed(long seed)
        {
            NativeCall.Check(NativeMethods.pt_generator_set_seed(Handle, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>Seeds it from the system's entropy and returns that seed.</summary>
        public long seed() => Seed(fresh: true);

        public long initial_seed() => Seed(fresh: false);

        public unsafe Tensor get_state()
        {
            Value state;
            NativeCall.Check(NativeMethods.pt_generator_state(Handle, &state));
            GC.KeepAlive(this);
            return NativeCall.ToTensor(in state)!;
        }

        public void set_state(Tensor value)
        {
            NativeCall.Check(NativeMethods.pt_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        internal static void SeedAll(long seed) => NativeCall.Check(NativeMethods.pt_manual_seed(unchecked((ulong)seed)));

        /// <summary>The seed of the generator that operators on that device use when none is given.</summary>
        internal static unsafe void SeedDefault(Device device, long seed)
        {
            nint g;
            NativeCall.Check(NativeMethods.pt_generator_default((int)device.type, device.index, &g));
            using var generator = new Generator(g, device);
            generator.manual_seed(seed);
        }

        private long Seed(bool fresh)
        {
            var seed = NativeMethods.pt_generator_seed(Handle, fresh ? 1 : 0);
            GC.KeepAlive(this);
            return unchecked((long)seed);
        }

        private void Free()
        {
            var owned = Interlocked.Exchange(ref handle, 0);
            if (owned != 0) NativeMethods.pt_generator_free(owned);
        }
    }

    /// <summary>The default generators, under PyTorch's module name.</summary>
    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed() => torch.seed();

        public static long initial_seed() => torch.initial_seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>Seeds the default generators of all devices and returns the CPU's.</summary>
    public static Generator manual_seed(long seed)
    {
        Generator.SeedAll(seed);
        return Generator.Default;
    }

    /// <summary>Seeds the default generators from the system's entropy and returns that seed.</summary>
    public static long seed()
    {
        using var generator = Generator.Default;
        var drawn = generator.seed();
        Generator.SeedAll(drawn);
        return drawn;
    }

    public static long initial_seed()
    {
        using var generator = Generator.Default;
        return generator.initial_seed();
    }

    public static Tensor get_rng_state()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    public static void set_rng_state(Tensor new_state)
    {
        using var generator = Generator.Default;
        generator.set_state(new_state);
    }

    // ---- threads --------------------------------------------------------------------------------------------------------------------

    public static int get_num_threads() => NativeMethods.pt_threads();

    /// <summary>How many threads one operator may use on the CPU.</summary>
    public static void set_num_threads(int num) => NativeCall.Check(NativeMethods.pt_set_threads(num));

    public static int get_num_interop_threads() => NativeMethods.pt_interop_threads();

    public static void set_num_interop_threads(int num) => NativeCall.Check(NativeMethods.pt_set_interop_threads(num));
}
