using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Polytask;

/// <summary>
/// Python's pickle format, protocols 2 to 5, as far as containers and numbers need it. A pickle is a program for a stack machine that may name any
/// function of Python; here a name that is not among the given ones ends the reading, so nothing of the file is ever run.
/// Opcodes: Lib/pickletools.py of CPython.
/// </summary>
internal sealed class PickleReader(byte[] bytes, PickleReader.INames names)
{
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];
    private int position;

    /// <summary>What the names in a pickle stand for.</summary>
    public interface INames
    {
        /// <summary>The value of a global name, or an exception that says it is not allowed.</summary>
        object Global(string module, string name);

        /// <summary>What calling a global's value gives.</summary>
        object? Call(object function, IReadOnlyList<object?> arguments);

        /// <summary>What stands outside the pickle under a key.</summary>
        object Persistent(object? key);
    }

    /// <summary>A Python tuple; lists are List, dictionaries are <see cref="Pairs"/>.</summary>
    public sealed record Sequence(object?[] Items);

    /// <summary>A Python dictionary in its order. Keys are seldom looked up, so it is a list.</summary>
    public sealed class Pairs : List<KeyValuePair<object, object?>>;

    /// <summary>Runs the whole pickle.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or holds what is neither a container, a number nor a known name.</exception>
    public object? Read()
    {
        while (true)
        {
            var at = position;
            var opcode = (char)Byte();
            switch (opcode)
            {
                case '\x80':
                    var protocol = Byte();
                    if (protocol is < 2 or > 5) throw new InvalidDataException($"it is a pickle of protocol {protocol}; expected 2 to 5");
                    break;
                case '\x95': Take(8); break; // a frame's length, which only speeds reading from a stream
                case '.': return Pop();
                case '(': marks.Push(stack.Count); break;
                case '0': Pop(); break;
                case '1': PopToMark(); break;
                case '2': stack.Add(Top()); break;
                case 'N': stack.Add(null); break;
                case '\x88': stack.Add(true); break;
                case '\x89': stack.Add(false); break;
                case 'J': stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
                case 'K': stack.Add((long)Byte()); break;
                case 'M': stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
                case '\x8a': stack.Add(Integer(Take(Byte()))); break;
                case '\x8b': stack.Add(Integer(Take(BinaryPrimitives.ReadInt32LittleEndian(Take(4))))); break;
                case 'G': stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
                case '\x8c': stack.Add(Text(Byte())); break;
                case 'X': stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
                case '\x8d': stack.Add(Text(BinaryPrimitives.ReadInt64LittleEndian(Take(8)))); break;
                case 'U': case 'C': stack.Add(Take(Byte()).ToArray()); break;
                case 'T': case 'B': stack.Add(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))).ToArray()); break;
                case '\x8e': case '\x96': stack.Add(Take(BinaryPrimitives.ReadInt64LittleEndian(Take(8))).ToArray()); break;
                case ']': stack.Add(new List<object?>()); break;
                case ')': stack.Add(new Sequence([])); break;
                case '}': stack.Add(new Pairs()); break;
                case 'l': stack.Add(PopToMark().ToList()); break;
                case 't': stack.Add(new Sequence(PopToMark())); break;
                case 'd':
                    var made = new Pairs();
                    AddPairs(made, PopToMark());
                    stack.Add(made);
                    break;
                case '\x85': stack.Add(new Sequence(Last(1))); break;
                case '\x86': stack.Add(new Sequence(Last(2))); break;
                case '\x87': stack.Add(new Sequence(Last(3))); break;
                case 'a':
                    var item = Pop();
                    Top<List<object?>>("a list").Add(item);
                    break;
                case 'e':
                    var more = PopToMark();
                    Top<List<object?>>("a list").AddRange(more);
                    break;
                case 's':
                    var pair = Last(2);
                    AddPairs(Top<Pairs>("a dictionary"), pair);
                    break;
                case 'u':
                    var pairs = PopToMark();
                    AddPairs(Top<Pairs>("a dictionary"), pairs);
                    break;
                case 'c': stack.Add(names.Global(Line(), Line())); break;
                case '\x93':
                    var path = Last(2);
                    stack.Add(names.Global(As<string>(path[0], "a module's name"), As<string>(path[1], "a name")));
                    break;
                case 'R':
                    var call = Last(2);
                    stack.Add(names.Call(call[0] ?? throw Unexpected("None", "a function"), As<Sequence>(call[1], "arguments").Items));
                    break;
                case 'b':
                    // Attributes of a dictionary, such as the versions of a state dictionary's modules: no tensors.
                    Pop();
                    Top<Pairs>("a dictionary, the only object that may have attributes");
                    break;
                case 'Q': stack.Add(names.Persistent(Pop())); break;
                case 'q': memo[Byte()] = Top(); break;
                case 'r': memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
                case '\x94': memo[memo.Count] = Top(); break;
                case 'h': stack.Add(Remembered(Byte())); break;
                case 'j': stack.Add(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
                default:
                    throw new InvalidDataException($"its pickle has the opcode 0x{(int)opcode:X2} at byte {at}, "
                        + "which tensors and containers do not need");
            }
        }
    }

    private static InvalidDataException Unexpected(string found, string expected) => new($"its pickle holds {found} where {expected} should be");

    private static T As<T>(object? value, string expected) => value is T right ? right : throw Unexpected(value?.GetType().Name ?? "None", expected);

    private object? Top() => stack.Count > 0 ? stack[^1] : throw Unexpected("nothing", "a value");

    private T Top<T>(string expected) => As<T>(Top(), expected);

    private object? Pop()
    {
        var top = Top();
        if (marks.TryPeek(out var mark) && stack.Count <= mark) throw Unexpected("a mark", "a value");
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private object?[] Last(int count)
    {
        if (stack.Count - (marks.TryPeek(out var mark) ? mark : 0) < count) throw Unexpected("too few values", $"{count}");
        object?[] last = [.. stack[^count..]];
        stack.RemoveRange(stack.Count - count, count);
        return last;
    }

    private object?[] PopToMark()
    {
        if (!marks.TryPop(out var mark) || mark > stack.Count) throw Unexpected("no mark", "one");
        object?[] taken = [.. stack[mark..]];
        stack.RemoveRange(mark, stack.Count - mark);
        return taken;
    }

    private static void AddPairs(Pairs target, object?[] flat)
    {
        if (flat.Length % 2 != 0) throw Unexpected("a key without a value", "pairs");
        for (var i = 0; i < flat.Length; i += 2) target.Add(new(flat[i] ?? "None", flat[i + 1]));
    }

    private object? Remembered(long place) => memo.TryGetValue(place, out var value)
        ? value
        : throw Unexpected($"the unknown reference {place}", "a known one");

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > bytes.Length - position)
            throw new InvalidDataException($"its pickle is cut short or damaged: {count} bytes should follow byte {position}, "
                + $"{bytes.Length - position} do");
        var taken = bytes.AsSpan(position, (int)count);
        position += (int)count;
        return taken;
    }

    private string Text(long length)
    {
        var text = Take(length);
        return System.Text.Unicode.Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw Unexpected($"bytes that are not UTF-8 before byte {position}", "a text");
    }

    private string Line()
    {
        var length = bytes.AsSpan(position).IndexOf((byte)'\n');
        if (length < 0) throw Unexpected("no end of line", "one");
        var line = Text(length);
        position++;
        return line;
    }

    // Little-endian two's complement of any length; what does not fit 64 bits is no size and stays a BigInteger.
    private static object Integer(ReadOnlySpan<byte> digits)
    {
        var value = new BigInteger(digits);
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }
}
