using System.Numerics;
using System.Runtime.CompilerServices;

namespace Polytask;

/// <summary>Floating-point numbers as whole numbers of the same order, with a sign: of negative numbers all bits but the sign are turned. -0 comes
/// before 0.</summary>
internal static class NumberOrder
{
    public static TOrder Of<T, TOrder>(T number) where T : unmanaged where TOrder : unmanaged, IBinaryInteger<TOrder> =>
        Turned(Unsafe.BitCast<T, TOrder>(number));

    public static T Number<T, TOrder>(TOrder order) where T : unmanaged where TOrder : unmanaged, IBinaryInteger<TOrder> =>
        Unsafe.BitCast<TOrder, T>(Turned(order));

    public static Vector<TOrder> Of<TOrder>(Vector<TOrder> bits) where TOrder : unmanaged, IBinaryInteger<TOrder> =>
        bits ^ ((bits >> (8 * Unsafe.SizeOf<TOrder>() - 1)) >>> 1);

    private static TOrder Turned<TOrder>(TOrder bits) where TOrder : unmanaged, IBinaryInteger<TOrder> =>
        bits ^ ((bits >> (8 * Unsafe.SizeOf<TOrder>() - 1)) >>> 1);
}
