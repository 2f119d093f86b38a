using Pilotage.Dashboard.Board;
using Pilotage.Dashboard.Board.Runs;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board.Runs;

public sealed class SparklinesTests : BoardFixture
{
    [Fact]
    public void Of_AShortRun_IsEachOfItsReturns()
    {
        Runs.Training("one", 4);
        Assert.Equal([20, 30, 40, 50], Make().Of("one"));
    }

    [Fact]
    public void Of_ALongRun_IsFortyPlacesInOrderOverTheWholeOfIt()
    {
        Runs.Training("one", 1000);
        var points = Make().Of("one");

        Assert.InRange(points.Count, 38, 40);
        Assert.Equal(points.Order(), points);
        Assert.Equal(20, points[0]);
        Assert.True(points[^1] > 20 + 10 * 970);
    }

    [Fact]
    public void Of_ARunThatGrows_IsReadAgain()
    {
        Runs.Training("one", 2);
        var curves = Make();
        Assert.Equal(2, curves.Of("one").Count);
        Runs.Write("one", 2, first: 2);
        Assert.Equal(4, curves.Of("one").Count);
    }

    [Fact]
    public void Of_WhatCannotBeRead_IsEmptyOrTheRest()
    {
        Runs.Training("none", 0).Training("torn", 2);
        File.Delete(Runs.In("none", "metrics.jsonl"));
        File.AppendAllText(Runs.In("torn", "metrics.jsonl"), "\0\0\n{\"step\":9,\"episode_return\":null}\n{\"step\":10,\"episode_return\":60}\n{\"step");
        var curves = Make();

        Assert.Empty(curves.Of("none"));
        Assert.Empty(curves.Of("nowhere"));
        Assert.Equal([20, 30, 60], curves.Of("torn"));
    }

    private Sparklines Make() => new(new RunBook(new DashboardOptions { RunsFolder = Runs.Folder }));
}
