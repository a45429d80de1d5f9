using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Polytask.Notebooks.Kernels;

/// <summary>
/// Every assembly that cells reference is loaded once, into the default context, so that all kernels see the same types; what they
/// depend on, managed or native, is looked for beside them.
/// </summary>
public sealed class AssemblyHub
{
    private readonly ConcurrentDictionary<string, Assembly> _emitted = new();
    private readonly ConcurrentDictionary<string, string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, byte> _folders = new();
    private readonly ConcurrentDictionary<Assembly, Lazy<string>> _libraries = new();
    private readonly Lazy<string> _libraryFolder = new(TemporaryFolder);

    /// <summary>Starts to answer for the process's default context.</summary>
    public AssemblyHub()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => Resolve(context, name);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => ResolveNative(name);
    }

    /// <summary>Loads an assembly file once and says which file its name stands for in this process.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BadImageFormatException">It is not a .NET assembly.</exception>
    public string Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new FileNotFoundException($"there is no file {path}");
        var name = AssemblyName.GetAssemblyName(full);
        _folders.TryAdd(Path.GetDirectoryName(full)!, 0);
        var loaded = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(a => a.GetName().Name == name.Name)
                     ?? AssemblyLoadContext.Default.LoadFromAssemblyPath(full);
        return loaded.Location.Length > 0 ? loaded.Location : full;
    }

    /// <summary>Says where an assembly or a native library can be found if a cell turns out to need it.</summary>
    public void Offer(string path)
    {
        _files.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        _folders.TryAdd(Path.GetDirectoryName(path)!, 0);
    }

    /// <summary>Adds a folder in which assemblies and native libraries may lie.</summary>
    public void OfferFolder(string folder) => _folders.TryAdd(folder, 0);

    /// <summary>Loads a cell's submission, with its debug information.</summary>
    internal Assembly LoadSubmission(byte[] assembly, byte[] symbols) =>
        Remember(AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(assembly), new MemoryStream(symbols)));

    /// <summary>Loads a library that a cell declares. Its newer versions have the same name, of which a context takes only one.</summary>
    internal void LoadLibrary(byte[] assembly, byte[] symbols)
    {
        var loaded = Remember(new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(assembly), new MemoryStream(symbols)));
        _libraries[loaded] = new Lazy<string>(() => WriteLibrary(loaded.GetName(), assembly));
    }

    /// <summary>Files that hold the libraries that cells declared, for compilers that read no assembly from memory.</summary>
    internal IEnumerable<string> LibraryFiles() => _libraries.Values.Select(file => file.Value);

    /// <summary>Whether source can refer to an assembly's types: what cells run, but for the libraries they declare, is only in memory.</summary>
    internal bool HasFile(Assembly assembly) => assembly.Location.Length > 0 || _libraries.ContainsKey(assembly);

    private string WriteLibrary(AssemblyName name, byte[] image)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_libraryFolder.Value, $"{name.Name}-{name.Version}"));
        var path = Path.Combine(folder.FullName, name.Name + ".dll");
        File.WriteAllBytes(path, image);
        return path;
    }

    /// <summary>A folder that is gone when this process ends in order.</summary>
    private static string TemporaryFolder()
    {
        var folder = Directory.CreateTempSubdirectory("polytask-libraries-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private Assembly Remember(Assembly assembly) => _emitted[assembly.FullName!] = assembly;

    private Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (_emitted.TryGetValue(name.FullName, out var emitted))
            return emitted;
        if (_files.TryGetValue(name.Name!, out var file))
            return context.LoadFromAssemblyPath(file);
        var beside = _folders.Keys.Select(f => Path.Combine(f, name.Name + ".dll")).FirstOrDefault(File.Exists);
        return beside is null ? null : context.LoadFromAssemblyPath(beside);
    }

    private nint ResolveNative(string name)
    {
        string[] forms = OperatingSystem.IsWindows() ? [name, name + ".dll"]
            : OperatingSystem.IsMacOS() ? [name, $"lib{name}.dylib"] : [name, $"lib{name}.so", name + ".so"];
        foreach (var folder in _folders.Keys)
            foreach (var form in forms)
                if (File.Exists(Path.Combine(folder, form)) && NativeLibrary.TryLoad(Path.Combine(folder, form), out var handle))
                    return handle;
        return 0;
    }
}
