using Pilotage.Search;
using Xunit;

namespace Pilotage.Tests.Search;

public class BeamTests
{
    [Theory, InlineData(4), InlineData(6)]
    public void Find_UnlimitedWidth_IsExhaustive(int length)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var words = new Layers(length, SeedTree.Root(seed));
            var found = Beam.Find(words, "", width: 729, maximumDepth: length);
            Assert.True(found.IsComplete);
            Assert.Equal(words.All(), found.Paths.Select(path => path.Cost));
            Assert.Equal(found.Best!.Cost, found.Bound);
        }
    }

    [Fact]
    public void Find_WidthOne_IsGreedy()
    {
        var words = new Layers(5, SeedTree.Root(3));
        var (word, cost) = ("", 0.0);
        for (var i = 0; i < 5; i++)
        {
            var letter = Enumerable.Range(0, 3).MinBy(letter => words.Cost(word, letter));
            cost += words.Cost(word, letter);
            word += (char)('a' + letter);
        }
        var found = Beam.Find(words, "", width: 1, maximumDepth: 5);
        Assert.Equal(word, found.Best!.Goal);
        Assert.Equal(cost, found.Best.Cost);
        Assert.False(found.IsComplete);
        Assert.Equal(0, found.Bound);
    }

    [Fact]
    public void Find_WiderBeam_IsSeldomWorse()
    {
        var (better, worse) = (0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var words = new Layers(6, SeedTree.Root(seed));
            var (narrow, wide) = (Beam.Find(words, "", 1, 6).Best!.Cost, Beam.Find(words, "", 8, 6).Best!.Cost);
            if (wide < narrow) better++;
            if (wide > narrow) worse++;
        }
        Assert.True(better >= 20 && worse == 0, $"{better} better, {worse} worse");
    }

    [Fact]
    public void Find_Estimates_SteerTheBeam()
    {
        // Twelve moves deep a beam of 60 by distance finds the way; without estimates all costs are equal and the beam is blind.
        var found = Beam.Find(new SlidingTiles(), "136502478", width: 60, maximumDepth: 40);
        Assert.NotNull(found.Best);
        Assert.Equal(BestFirst.Find(new SlidingTiles(), "136502478").Best!.Cost, found.Best.Cost);
    }

    [Fact]
    public void Find_DepthEnds_IsToldApart()
    {
        var found = Beam.Find(new Layers(5, SeedTree.Root(1)), "", width: 1000, maximumDepth: 4);
        Assert.Null(found.Best);
        Assert.False(found.IsComplete);
        Assert.Equal(1 + 3 + 9 + 27, found.Expansions);
    }
}
