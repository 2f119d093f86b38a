using CsCheck;

namespace Pilotage.Testing;

/// <summary>Property tests on the same random cases in every run: CsCheck's own sampling fixes the first case only, and a suite must not fail by chance.</summary>
public static class FixedCases
{
    /// <summary>Draws cases and checks each; what a check throws comes back with the case's number and value.</summary>
    public static void ForCases<T>(this Gen<T> generator, int count, Action<T> check)
    {
        var random = new PCG(stream: 1, seed: 1);
        for (var i = 0; i < count; i++)
        {
            var drawn = generator.Generate(random, null, out _);
            try
            {
                check(drawn);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Case {i}, {Check.Print(drawn)}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>The same with a check that says whether a case holds.</summary>
    public static void ForCases<T>(this Gen<T> generator, int count, Func<T, bool> holds) => generator.ForCases(count, drawn =>
    {
        if (!holds(drawn)) throw new InvalidOperationException("The property does not hold.");
    });

    /// <summary>The same over pairs.</summary>
    public static void ForCases<T1, T2>(this Gen<(T1, T2)> generator, int count, Action<T1, T2> check) => generator.ForCases(count, drawn => check(drawn.Item1, drawn.Item2));

    /// <summary>The same over pairs, with a check that says whether a case holds.</summary>
    public static void ForCases<T1, T2>(this Gen<(T1, T2)> generator, int count, Func<T1, T2, bool> holds) => generator.ForCases(count, drawn => holds(drawn.Item1, drawn.Item2));

    /// <summary>The same over triples.</summary>
    public static void ForCases<T1, T2, T3>(this Gen<(T1, T2, T3)> generator, int count, Action<T1, T2, T3> check) =>
        generator.ForCases(count, drawn => check(drawn.Item1, drawn.Item2, drawn.Item3));

    /// <summary>The same over four values.</summary>
    public static void ForCases<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> generator, int count, Action<T1, T2, T3, T4> check) =>
        generator.ForCases(count, drawn => check(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4));

    /// <summary>The same over five values.</summary>
    public static void ForCases<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> generator, int count, Action<T1, T2, T3, T4, T5> check) =>
        generator.ForCases(count, drawn => check(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4, drawn.Item5));

    /// <summary>The same over six values.</summary>
    public static void ForCases<T1, T2, T3, T4, T5, T6>(this Gen<(T1, T2, T3, T4, T5, T6)> generator, int count, Action<T1, T2, T3, T4, T5, T6> check) =>
        generator.ForCases(count, drawn => check(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4, drawn.Item5, drawn.Item6));
}
