using Pilotage.Language.Tasks.Countdown;
using Xunit;

namespace Pilotage.Language.Tests.Tasks.Countdown;

public sealed class CountdownSolverTests
{
    [Fact]
    public void Reachable_TwoNumbers_ByHand()
    {
        Assert.Equal([2, 3, 9, 18], CountdownSolver.Reachable([3, 6]));
        Assert.Equal([2, 8, 15], CountdownSolver.Reachable([3, 5]));
    }

    [Fact]
    public void Solutions_ByHand_EachOnce()
    {
        // 2*2+1 and the two groupings of 2+2+1.
        Assert.Equal(["2 1 + 2 +", "2 2 * 1 +", "2 2 + 1 +"], CountdownSolver.Solutions([1, 2, 2], 5).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Solutions_AreAllWaysThatThereAre()
    {
        // Every reverse Polish text of three numbers without fractions and negative numbers, tried one by one.
        int[] numbers = [6, 2, 3];
        HashSet<string> keys = [];
        foreach (var (a, b, c) in from a in numbers from b in numbers from c in numbers select (a, b, c))
        {
            foreach (var (p, q) in from p in "+-*/" from q in "+-*/" select (p, q))
            {
                foreach (var text in (string[])[$"{a} {b} {p} {c} {q}", $"{c} {a} {b} {p} {q}"])
                {
                    if (new CountdownPuzzle(numbers, 12).IsSolvedBy(text) && IsWhole(a, b, p)) keys.Add(Expression.Parse(text)!.Key);
                }
            }
        }
        var solutions = CountdownSolver.Solutions(numbers, 12);
        Assert.NotEmpty(keys);
        Assert.Equal(keys.Order(StringComparer.Ordinal), solutions.Select(text => Expression.Parse(text)!.Key).Order(StringComparer.Ordinal));

        static bool IsWhole(int a, int b, char operation) => operation switch { '-' => a >= b, '/' => a % b == 0, _ => true };
    }

    [Fact]
    public void Solutions_HaveDifferentKeysAndSolve()
    {
        var puzzle = new CountdownPuzzle([2, 3, 4, 6], 24);
        var solutions = CountdownSolver.Solutions(puzzle.Numbers, puzzle.Target);
        Assert.True(solutions.Count > 5);
        Assert.All(solutions, text => Assert.True(puzzle.IsSolvedBy(text)));
        Assert.Equal(solutions.Count, solutions.Select(text => Expression.Parse(text)!.Key).Distinct().Count());
        Assert.Empty(CountdownSolver.Solutions([1, 1, 1], 50));
    }
}
