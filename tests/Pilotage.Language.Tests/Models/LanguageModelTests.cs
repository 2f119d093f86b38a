using Pilotage.Language.Models;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Language.Tests.Models;

public sealed class LanguageModelTests
{
    [Fact]
    public void Forward_RowBesideALongerOne_HasTheBitsOfTheRowAlone()
    {
        var model = new LanguageModel(LanguageModelConfig.Nano(20), SeedTree.Root(3));
        TokenSequence shorter = new(new[] { 1, 2, 3 }, new[] { 4, 5 }), longer = new(new[] { 7, 8, 9, 10, 11, 12 }, new[] { 13, 14, 15, 16, 17 });

        var alone = LogProbabilities(model, new([shorter]));
        var together = LogProbabilities(model, new([longer, shorter]));

        Assert.Equal(alone, together[^2..]);
    }

    [Fact]
    public void Forward_LastTokenOfAResponse_ChangesNoOtherProbability()
    {
        var model = new LanguageModel(LanguageModelConfig.Nano(20), SeedTree.Root(3));

        var first = LogProbabilities(model, new([new(new[] { 1, 2, 3 }, new[] { 4, 5, 6 })]));
        var other = LogProbabilities(model, new([new(new[] { 1, 2, 3 }, new[] { 4, 5, 7 })]));

        Assert.Equal(first[..2], other[..2]);
        Assert.NotEqual(first[2], other[2]);
    }

    private static float[] LogProbabilities(LanguageModel model, SequenceBatch batch)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        var result = new float[batch.Actions];
        model.Forward(batch).LogProbability.CopyTo(result);
        return result;
    }
}
