using Pilotage.Dashboard.Board;
using Pilotage.Dashboard.Board.Doors;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Lab.Runs;
using Xunit;

namespace Pilotage.Dashboard.Tests.Board.Runs;

public sealed class RunBookTests : BoardFixture
{
    [Theory]
    [InlineData("rubbish")]
    [InlineData("missing")]
    [InlineData("folder")]
    public void ReadAll_WithoutAnIndexThatCanBeUsed_ShowsTheFolders(string problem)
    {
        Runs.Finished("one").Training("two");
        Make().ReadAll();
        var index = Path.Combine(Runs.Folder, RunIndex.FileName);
        foreach (var file in Directory.GetFiles(Runs.Folder, "index.db*")) File.Delete(file);
        if (problem == "rubbish") File.WriteAllText(index, "this is no database, and longer than a header of one hundred bytes, which is what SQLite looks at first of all");
        if (problem == "folder") Directory.CreateDirectory(index);

        Assert.Equal(["one", "two"], Make().Now.Cards.Select(card => card.Name).Order());
    }

    [Fact]
    public void Read_OnlyWhatIsAsked_ChangesOneRevisionAtATime()
    {
        Runs.Finished("one").Training("two", minutesAgo: 1);
        var book = Make();
        var first = book.Now;
        Runs.Finished("two", minutesAgo: 1);
        Runs.Finished("three", minutesAgo: -1);

        Assert.Equal(["three", "two"], book.Read(["three", "two", "one", "nothing"]).Order());
        Assert.Empty(book.Read(["three", "two", "one"]));

        Assert.Equal(["three", "one", "two"], book.Now.Cards.Select(card => card.Name));
        Assert.Equal(first.Revision + 1, book.Now.Revision);
        Assert.Empty(book.ReadAll());
        Assert.Equal(first.Revision + 1, book.Now.Revision);
    }

    [Fact]
    public void ReadAll_NamesWhatCameChangedOrWent()
    {
        Runs.Finished("same").Training("changed").Finished("gone");
        var book = Make();
        Assert.Empty(book.ReadAll());
        Runs.Finished("changed").Training("new");
        Directory.Delete(Runs.In("gone"), recursive: true);

        Assert.Equal(["changed", "gone", "new"], book.ReadAll().Order());
        Assert.Equal(2, book.Now.Revision);
        Assert.Empty(book.ReadAll());
        Assert.Equal(2, book.Now.Revision);
    }

    [Fact]
    public async Task TwoBooksAndATraining_OnOneIndex_AllSeeTheSame()
    {
        for (var i = 0; i < 40; i++) Runs.Finished($"run-{i}", minutesAgo: i);
        var (one, two) = (Make(), Make());
        await Task.WhenAll(
            Task.Run(() => { for (var i = 0; i < 10; i++) one.ReadAll(); }, Cancelled), Task.Run(() => { for (var i = 0; i < 10; i++) two.ReadAll(); }, Cancelled),
            Task.Run(() => { for (var i = 0; i < 10; i++) { Runs.Training($"new-{i}"); RunIndex.Read(Runs.Folder); } }, Cancelled));

        one.ReadAll();
        two.ReadAll();
        Assert.Equal(50, one.Now.Cards.Count);
        Assert.Equal(one.Now.Cards, two.Now.Cards);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("..\\x")]
    [InlineData("c:x")]
    [InlineData("nothing")]
    public void Find_WhatIsNoRunOfTheFolder_IsRefused(string name)
    {
        Directory.CreateDirectory(Folder.In("runs/a/b"));
        File.WriteAllText(Folder.In("runs/a/b/config.yaml"), "run:\n  command: run\n  system: x\n");
        File.WriteAllText(Folder.In("config.yaml"), "run:\n  command: run\n  system: x\n");
        Assert.Equal(404, Assert.Throws<RefusedException>(() => Make().Find(name)).Status);
    }

    private RunBook Make() => new(new DashboardOptions { RunsFolder = Runs.Folder });
}
