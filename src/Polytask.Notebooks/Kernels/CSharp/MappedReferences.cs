using System.Collections.Concurrent;
using System.IO.MemoryMappedFiles;
using Microsoft.CodeAnalysis;
using Polytask.Notebooks.Kernels.Documentation;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>
/// References over memory-mapped assembly files: nothing of the 200 files of a full framework is read until a cell needs it, which is
/// most of what a first cell would wait for. The maps live as long as the process, as the references do.
/// </summary>
internal static class MappedReferences
{
    private static readonly ConcurrentDictionary<string, MetadataReference> Known = new();

    public static MetadataReference Get(string path) => Known.GetOrAdd(path, Map);

    private static unsafe PortableExecutableReference Map(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var length = (int)file.Length;
        var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var module = ModuleMetadata.CreateFromImage((nint)start, length);
        var documentation = new ReferenceDocumentation(id => AssemblyDocumentation.Find(path, id));
        return AssemblyMetadata.Create(module).GetReference(documentation, filePath: path, display: path);
    }
}
