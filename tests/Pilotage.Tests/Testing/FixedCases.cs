using CsCheck;

namespace Pilotage.Tests.Testing;

/// <summary>Property tests on the same random cases in every run: CsCheck's own sampling fixes the first case only, and a suite must not fail by chance.</summary>
internal static class FixedCases
{
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
}
