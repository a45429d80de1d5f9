using System.Buffers.Binary;
using System.IO.Compression;

namespace Polytask;

/// <summary>A file of data, plain or gzipped, read with errors that name the file.</summary>
internal static class DataFile
{
    private const string Retry = "the file is damaged or was cut short while it was copied; copy it again";

    /// <summary>Opens a file; one that starts with gzip's two marker bytes is unpacked on the way, whatever its name.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (Directory.Exists(path)) throw new DataException($"'{path}' is a folder; give the path of a file in it");
        if (!File.Exists(path)) throw new DataException($"there is no file '{path}' (looked for as '{Path.GetFullPath(path)}'); check its path");
        try
        {
            var file = new BufferedStream(File.OpenRead(path));
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return isGzip ? new WholeGzip(file) : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Runs a reader over an open file and puts what goes wrong with its bytes into words.</summary>
    public static T Reading<T>(string path, Func<Stream, T> read)
    {
        using var stream = Open(path);
        try
        {
            return read(stream);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new DataException($"'{path}' cannot be unpacked ({error.Message.TrimEnd('.')}): {Retry}", error);
        }
        catch (IOException error)
        {
            throw new DataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    // .NET's reader takes a gzip file that ends early for a shorter one. Its last four bytes say how many bytes it unpacks to (RFC 1952, ISIZE), so
    // they are compared.
    private sealed class WholeGzip : Stream
    {
        private readonly GZipStream unpacked;
        private readonly uint promised;
        private uint count;

        public WholeGzip(Stream file)
        {
            Span<byte> last = stackalloc byte[4];
            if (file.Length >= 4)
            {
                file.Position = file.Length - 4;
                file.ReadExactly(last);
                file.Position = 0;
            }
            promised = BinaryPrimitives.ReadUInt32LittleEndian(last);
            unpacked = new GZipStream(file, CompressionMode.Decompress);
        }

        public override int Read(Span<byte> buffer)
        {
            var read = unpacked.Read(buffer);
            count = unchecked(count + (uint)read);
            return read > 0 || buffer.IsEmpty || count == promised
                ? read
                : throw new InvalidDataException($"it unpacks to {count} bytes, but its last bytes say {promised}; it must be one complete gzip");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) unpacked.Dispose();
            base.Dispose(disposing);
        }
    }
}
