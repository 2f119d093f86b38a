using Xunit;

namespace Pilotage.Tests;

public sealed class SeedTreeTests
{
    [Fact]
    public void Branch_SameName_IsTheSameNode()
    {
        var root = SeedTree.Root(7);
        Assert.Equal(root.Branch("a").Branch(3), SeedTree.Root(7).Branch("a").Branch(3));
        Assert.Equal(root.Actions, root.Branch("actions"));
        Assert.Equal(root.Branch("a").Start().NextBits(), root.Branch("a").Start().NextBits());
    }

    // As records print their properties, of which some are nodes again, it once never ended.
    [Fact]
    public void ToString_IsTheKey() => Assert.Equal("SeedTree 00000000000000ff", new SeedTree(255).ToString());

    [Fact]
    public void Branch_ManyDifferentPaths_NeverShareAKey()
    {
        var keys = new List<ulong>();
        foreach (var seed in new long[] { 0, 1, 2, -1, long.MaxValue, long.MinValue })
        {
            var root = SeedTree.Root(seed);
            keys.Add(root.Key);
            keys.AddRange(new[] { root.Initialisation, root.Actions, root.Shuffle, root.Environments, root.Validation, root.Evaluation }.Select(node => node.Key));
            foreach (var parent in new[] { root, root.Environments, root.Evaluation })
            {
                keys.AddRange(Enumerable.Range(-500, 1000).Select(index => parent.Branch(index).Key));
                keys.AddRange(Enumerable.Range(0, 500).Select(index => parent.Branch($"{index}").Key));
            }
        }
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void Branch_PathsOfSwappedNames_Differ() => Assert.NotEqual(SeedTree.Root(1).Branch("a").Branch("b"), SeedTree.Root(1).Branch("b").Branch("a"));

    [Fact]
    public void Branch_TextAndNumber_Differ()
    {
        Assert.NotEqual(SeedTree.Root(1).Branch("1"), SeedTree.Root(1).Branch(1));
        Assert.NotEqual(SeedTree.Root(1).Branch(""), SeedTree.Root(1));
    }

    [Fact]
    public void Start_NeighbouringBranches_AreUncorrelated()
    {
        const int Draws = 20_000;
        var root = SeedTree.Root(3);
        var streams = new[] { root.Branch(0).Start(), root.Branch(1).Start(), root.Environments.Branch(0).Start(), root.Evaluation.Branch(0).Start(), root.Start() };
        var draws = streams.Select(stream => Enumerable.Range(0, Draws).Select(_ => stream.NextDouble() - 0.5).ToArray()).ToArray();
        for (var i = 0; i < draws.Length; i++)
            for (var j = 0; j < i; j++)
                // The correlation of independent uniforms has standard error 1/sqrt(n); four of them.
                Assert.Equal(0, draws[i].Zip(draws[j]).Average(pair => 12 * pair.First * pair.Second), 4 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Start_FirstDrawsOfNumberedBranches_AreUniform()
    {
        // Environment i uses the first draws of branch i: across branches they must be as good as along one.
        var draws = Enumerable.Range(0, 10_000).Select(i => SeedTree.Root(5).Environments.Branch(i).Start().NextDouble()).ToArray();
        Assert.Equal(0.5, draws.Average(), 4 / Math.Sqrt(12.0 * draws.Length));
        Assert.Equal(1.0 / 3, draws.Average(draw => draw * draw), 4 * Math.Sqrt(4.0 / 45 / draws.Length));
        Assert.Equal(0, draws.Zip(draws.Skip(1)).Average(pair => 12 * (pair.First - 0.5) * (pair.Second - 0.5)), 4 / Math.Sqrt(draws.Length));
    }

    [Fact]
    public void Root_NeighbouringSeeds_GiveUnrelatedDraws()
    {
        var draws = Enumerable.Range(0, 10_000).Select(seed => SeedTree.Root(seed).Actions.Start().NextDouble()).ToArray();
        Assert.Equal(0.5, draws.Average(), 4 / Math.Sqrt(12.0 * draws.Length));
        Assert.Equal(0, draws.Zip(draws.Skip(1)).Average(pair => 12 * (pair.First - 0.5) * (pair.Second - 0.5)), 4 / Math.Sqrt(draws.Length));
    }

    /// <summary>Saved runs name these streams: a change of the derivation would silently change every result.</summary>
    [Fact]
    public void Keys_OfASeed_StayWhatTheyAre()
    {
        var root = SeedTree.Root(1);
        Assert.Equal((0x5F7DBB7B1A8E16B4UL, 0x36F29280F6E94CFAUL, 0x99AEF1AA127E47D2UL), (root.Key, root.Actions.Key, root.Environments.Branch(3).Key));
    }
}
