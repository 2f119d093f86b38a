using Pilotage.Lab.Runs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Runs;

public sealed class RunLifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Begin_UntilDisposed_NamesThisProcessAndKeepsOthersOut()
    {
        Assert.Null(RunLife.ProcessOf(_folder.Path));
        using (RunLife.Begin(_folder.Path))
        {
            Assert.Equal(Environment.ProcessId, RunLife.ProcessOf(_folder.Path));
            Assert.StartsWith("PIL0220", Assert.Throws<UserMistakeException>(() => RunLife.Begin(_folder.Path)).Message, StringComparison.Ordinal);
        }
        Assert.Null(RunLife.ProcessOf(_folder.Path));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void Begin_AfterAKill_TakesNoNoticeOfWhatItLeft()
    {
        File.WriteAllText(_folder.In("running-1.lock"), "");             // process 1 lives, and does not hold it
        Assert.Null(RunLife.ProcessOf(_folder.Path));
        using var life = RunLife.Begin(_folder.Path);
        Assert.Equal([$"running-{Environment.ProcessId}.lock"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Within_WorkThatFails_KeepsTheReasonUntilItBeginsAgain()
    {
        Assert.Throws<RunFailedException>(() => RunLife.Within<int>(_folder.Path, () => throw new RunFailedException("The loss is not finite.")));
        Assert.Equal("The loss is not finite.", RunLife.FailureOf(_folder.Path));

        Assert.Equal(7, RunLife.Within(_folder.Path, () => 7));
        Assert.Null(RunLife.FailureOf(_folder.Path));

        Assert.Throws<InvalidOperationException>(() => RunLife.Within<int>(_folder.Path, () => throw new InvalidOperationException("no")));
        Assert.Equal("A defect of the program: InvalidOperationException: no", RunLife.FailureOf(_folder.Path));
    }

    [Fact]
    public void Within_WorkThatIsInterrupted_DidNotFail()
    {
        Assert.Throws<OperationCanceledException>(() => RunLife.Within<int>(_folder.Path, () => throw new OperationCanceledException()));
        Assert.Null(RunLife.FailureOf(_folder.Path));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void Begin_WhereNothingCanBeWritten_DoesNotStopTheRun()
    {
        using (RunLife.Begin(_folder.In("nowhere"))) Assert.Null(RunLife.ProcessOf(_folder.In("nowhere")));
    }
}
