namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Writes the state dictionary in TorchSharp's format; the file appears whole or not at all.</summary>
            /// <param name="location">The file, by convention with the ending .dat.</param>
            /// <param name="skip">Names to leave out.</param>
            public Module save(string location, IList<string>? skip = null)
            {
                AtomicFile.Write(location, writer => save(writer, skip));
                return this;
            }

            /// <inheritdoc cref="save(string, IList{string})"/>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the state dictionary to a stream, which stays open.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            /// <summary>Writes tensors by name: their number, then each name and tensor.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(pair => skip?.Contains(pair.Key) != true).ToList();
                writer.Write7BitEncodedInt64(entries.Count);
                foreach (var (name, tensor) in entries)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }
            }

            /// <summary>
            /// Reads what <see cref="save(string, IList{string})"/> wrote. Nothing changes where the file is damaged or does not fit.
            /// </summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Refuse missing and unexpected names.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <param name="loadedParameters">Gets each name in the file with whether the module has it.</param>
            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}' to load {GetName()} from.", location);
                return AtomicFile.Read(location, reader => load(reader, strict, skip, loadedParameters));
            }

            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var scope = NewDisposeScope();
                var loaded = ReadStateDict(reader);
                var own = state_dict();
                foreach (var (name, tensor) in loaded)
                    if (own.TryGetValue(name, out var target) && skip?.Contains(name) != true && target.dtype != tensor.dtype)
                        throw new ArgumentException($"Mismatched tensor data types while loading: '{name}' is {tensor.dtype} in the file, {target.dtype} in {GetName()}.");
                if (strict)
                {
                    // As upstream: a file has to match even where names are skipped.
                    var (missing, unexpected) = (own.Keys.Except(loaded.Keys).ToList(), loaded.Keys.Except(own.Keys).ToList());
                    if (missing.Count > 0 || unexpected.Count > 0)
                        throw new ArgumentException($"Mismatched module state names: the file does not fit {GetName()}: missing {Listed(missing)}; unexpected {Listed(unexpected)}. Pass strict: false to load what fits.");
                }
                load_state_dict(loaded, strict: false, skip);
                foreach (var name in loaded.Keys) loadedParameters?.Add(name, own.ContainsKey(name));
                return this;
            }

            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            private static Dictionary<string, Tensor> ReadStateDict(BinaryReader reader)
            {
                var tensors = new Dictionary<string, Tensor>();
                try
                {
                    for (var left = reader.Read7BitEncodedInt64(); left > 0; left--)
                    {
                        var name = reader.ReadString();
                        if (!tensors.TryAdd(name, Tensor.Read(reader)))
                            throw new InvalidDataException($"not a state dictionary in TorchSharp's format: '{name}' appears twice");
                    }
                    return tensors;
                }
                catch (Exception problem) when (problem is EndOfStreamException or FormatException)
                {
                    throw new InvalidDataException("not a state dictionary in TorchSharp's format, or cut short", problem);
                }
            }
        }
    }
}
