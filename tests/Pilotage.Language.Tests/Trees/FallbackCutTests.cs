using Pilotage.Language.Trees;
using Xunit;

namespace Pilotage.Language.Tests.Trees;

public sealed class FallbackCutTests
{
    private static readonly TreeNode[] Path = MakePath();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]              // the first token of the second segment
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 2)]              // in the last segment, which is never kept whole
    public void Choose_LowestToken_CutsAtTheBorderBeforeIt(int token, int place)
    {
        var random = new Randomness(1);

        Assert.Equal(place, FallbackCut.Choose(new() { Fallback = FallbackPolicy.LowestToken }, Path, With(token, -9), ref random));
        Assert.Equal(0ul, random.Counter);
    }

    [Fact]
    public void Choose_BlockSoftmax_TakesImprobableBlocksMoreOften()
    {
        // Blocks of four tokens: means -2 and -0.1, so the first one, which begins at the prompt, has e^2 / (e^2 + e^0.1) of the draws.
        var random = new Randomness(2);
        float[] logProbabilities = [-2, -2, -2, -2, -0.1f, -0.1f, -0.1f, -0.1f];
        var config = new TreeConfig { Fallback = FallbackPolicy.BlockSoftmax, FallbackBlock = 4 };
        const int Draws = 10_000;
        var first = 0;
        for (var i = 0; i < Draws; i++)
        {
            var place = FallbackCut.Choose(config, Path, logProbabilities, ref random);
            Assert.True(place is 0 or 1, $"{place}");
            if (place == 0) first++;
        }

        Assert.Equal(Math.Exp(2) / (Math.Exp(2) + Math.Exp(0.1)), (double)first / Draws, 0.02);
    }

    [Fact]
    public void Choose_Random_TakesEveryBorderButTheEnd()
    {
        var random = new Randomness(3);
        var counts = new int[4];

        for (var i = 0; i < 3_000; i++) counts[FallbackCut.Choose(new(), Path, With(0, -1), ref random)]++;

        Assert.Equal(0, counts[3]);
        Assert.All(counts[..3], count => Assert.InRange(count, 850, 1_150));
    }

    private static float[] With(int token, float logProbability)
    {
        var all = new float[8];
        all[token] = logProbability;
        return all;
    }

    /// <summary>The prompt, and segments of three, three and two tokens.</summary>
    private static TreeNode[] MakePath()
    {
        var root = new TreeNode(SeedTree.Root(1));
        var first = new TreeNode(root) { Tokens = 3 };
        var second = new TreeNode(first) { Tokens = 3 };
        return [root, first, second, new(second) { Tokens = 2 }];
    }
}
