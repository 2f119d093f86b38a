using Pilotage.Evaluation;
using Pilotage.Systems.Control.DatasetPerspective;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective;

/// <summary>What users give wrongly, and what they are told, word for word.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void Study_EverythingWrong_IsToldAtOnce() => Told("study", new()
    {
        Environments = ["CartPole-v1", "cartpole-v1", "Pendulum-v1", "CartPool-v1"], Algorithms = ["bc", "cqll", "bc"], RandomReturn = 5, ExpertReturn = 5, BinEdges = 1, Train = "best",
    });

    [Fact]
    public void Study_NothingToDo_IsToldAtOnce() => Told("nothing", new() { Environments = [], Algorithms = [] });

    private static void Told(string name, DatasetPerspectiveConfig config)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DatasetPerspectiveStudy.Create(config, Scale.Laptop, null, null));
        Snapshot.Matches(string.Join("\n", mistake.Problems) + "\n", name);
    }
}
