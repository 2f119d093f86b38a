using Pilotage.Tracking.Mlflow;
using Xunit;

namespace Pilotage.Tracking.Tests.Mlflow;

public sealed class MlflowNamesTests
{
    [Theory]
    [InlineData("approx_kl", "approx_kl")]
    [InlineData("losses/value", "losses/value")]
    [InlineData("profit/week, records", "profit/week_ records")]
    [InlineData("SARSA(λ)", "SARSA___")]
    [InlineData("/a//b/", "a/b")]
    [InlineData("../../etc", "__/__/etc")]
    [InlineData(".", "_")]
    [InlineData("", "_")]
    public void Fit_OddNames_BecomeWhatMlflowTakes(string name, string fitting) => Assert.Equal(fitting, new MlflowNames().Fit(name));

    [Fact]
    public void Fit_NamesThatMeet_AreToldApart()
    {
        var names = new MlflowNames();

        Assert.Equal(["a_b", "a_b_2", "A_B_3", "loss", "loss_2/value", "loss_3"], new[] { "a_b", "a?b", "A:B", "loss", "loss_2/value", "loss" }.Select(names.Fit));
    }

    // A file cannot be where a folder is.
    [Fact]
    public void Fit_NameThatIsTheBeginningOfAnother_IsMoved()
    {
        var names = new MlflowNames();

        Assert.Equal(["a/b", "a_2", "a_3/b/c"], new[] { "a/b", "a", "a/b/c" }.Select(names.Fit));
    }

    [Fact]
    public void Fit_VeryLongNames_FitAndDiffer()
    {
        var names = new MlflowNames();
        var (first, second) = (names.Fit(new string('x', 400)), names.Fit(new string('x', 401)));

        Assert.True(first.Length <= 250 && second.Length <= 250);
        Assert.NotEqual(first, second);
    }
}
