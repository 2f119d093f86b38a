using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution;

public sealed class EntropyCreditTests
{
    [Fact]
    public void Add_SmallAndLargeEntropy_IsTheBonusAndItsBound()
    {
        using var step = Step.Begin();
        var shaped = new float[4];
        EntropyCredit.Add(Tensor.From([1, 1, -1, 0], 4), Tensor.From([0.5f, 3, 3, 3], 4), 0.4f, 2).CopyTo(shaped);
        Assert.Equal([1.2f, 1.5f, -0.5f, 0], shaped);          // 0.4 x 0.5; held to half of |A|; the sign never changes; nothing where nothing is learned
    }
}
