using Pilotage.Cluster.Work;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Work;

/// <summary>Leases and results, without a network: what is computed where, and what counts.</summary>
public sealed class WorkLedgerTests
{
    private static readonly WorkerCard Ann = new("ann", "1", 1, ["trial"]), Bob = new("bob", "1", 1, ["trial"]), Eve = new("eve", "1", 1, ["other"]);

    private readonly ManualTime _time = new();
    private readonly WorkLedger _ledger;

    public WorkLedgerTests()
    {
        _ledger = Life("first");
        _ledger.Open("job");
    }

    [Fact]
    public void Report_WithAValidLease_ReachesTheAskerOnceAndIsThenAcknowledged()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var lease = Acquire(Ann);

        Assert.Equal(ReportState.Held, _ledger.Report(Ann, lease, Result(7)));
        var results = _ledger.Collect("job", [])!;
        Assert.Equal(("a", "ann"), (results.Single().Task, results.Single().Worker));
        Assert.Equal([7], results.Single().Result.Content);

        Assert.Single(_ledger.Collect("job", [])!);                      // an answer that is lost is given again
        Assert.Equal(ReportState.Held, _ledger.Report(Ann, lease, Result(7)));
        Assert.Empty(_ledger.Collect("job", ["a"])!);
        Assert.Equal(ReportState.Acknowledged, _ledger.Report(Ann, lease, Result(7)));
        Assert.Null(_ledger.Acquire(Bob));
    }

    [Fact]
    public void Report_ASecondTimeWithOtherContent_KeepsTheFirst()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var lease = Acquire(Ann);
        _ledger.Report(Ann, lease, Result(1));
        _ledger.Report(Ann, lease, Result(2));

        Assert.Equal([1], _ledger.Collect("job", [])!.Single().Result.Content);
    }

    [Fact]
    public void Report_AfterItsLeaseExpired_IsRefusedAndTheSecondWorkersCounts()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var late = Acquire(Ann);
        _time.Pass(31);
        _ledger.Open("job");                                             // the asker lives
        Assert.True(_ledger.Expire());

        var second = Acquire(Bob);
        Assert.NotEqual(late, second);
        Assert.Equal(ReportState.Refused, _ledger.Report(Ann, late, Result(1)));
        Assert.Equal(ReportState.Held, _ledger.Report(Bob, second, Result(2)));
        Assert.Equal([2], _ledger.Collect("job", [])!.Single().Result.Content);
        Assert.Equal(ReportState.Refused, _ledger.Report(Ann, late, Result(1)));
    }

    [Fact]
    public void Renew_InTime_KeepsALeaseForever()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var lease = Acquire(Ann);
        for (var i = 0; i < 20; i++)
        {
            _time.Pass(20);
            _ledger.Meet(Ann);
            Assert.Empty(_ledger.Renew(Ann, [lease]).Lost);
            _ledger.Open("job");
            _ledger.Expire();
        }

        Assert.Null(_ledger.Acquire(Bob));
        Assert.Equal(ReportState.Held, _ledger.Report(Ann, lease, Result(1)));
    }

    [Fact]
    public void Expire_AWorkerThatLivesButDoesNotKnowOfItsLease_GivesTheWorkToAnother()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        Acquire(Ann);
        for (var i = 0; i < 4; i++)
        {
            _time.Pass(10);
            _ledger.Meet(Ann);
            _ledger.Open("job");
            _ledger.Renew(Ann, []);                                      // the answer that granted it was lost
            _ledger.Expire();
        }

        Assert.Equal("a", _ledger.Acquire(Bob)!.Value.Task.Id);
    }

    [Fact]
    public void Leave_OfItsOwnWill_GivesTheWorkBackWithoutBlame()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        for (var i = 0; i < 5; i++)
        {
            Acquire(Ann);
            _ledger.Leave("ann", reason: null);
        }

        Assert.Empty(_ledger.Collect("job", [])!);
        Acquire(Bob);
    }

    [Fact]
    public void Leave_OfThreeWorkersThatDied_EndsTheWorkWithTheirReasons()
    {
        _ledger.Submit("job", [Task("a"), Task("b")], again: false);
        foreach (var name in new[] { "one", "two", "three" })
        {
            Acquire(Ann with { Name = name });
            _ledger.Leave(name, "exit code 137");
        }

        var result = _ledger.Collect("job", [])!.Single();
        Assert.Equal(("a", Ending.RunFailed), (result.Task, result.Result.Ending));
        Snapshot.Matches(result.Result.Problems.Single());
        Assert.Equal("b", _ledger.Acquire(Bob)!.Value.Task.Id);
    }

    [Fact]
    public void Acquire_OfSeveralJobs_IsFairAndAsksForKindsThatTheWorkerKnows()
    {
        _ledger.Open("late");
        _ledger.Submit("job", [Task("a"), Task("b"), Task("c")], again: false);
        _ledger.Submit("late", [Task("x"), new("y", "other", [])], again: false);

        Assert.Equal(["a", "x", "b", "c"], new[] { Ann, Bob, Ann, Bob }.Select(worker => _ledger.Acquire(worker)!.Value.Task.Id));
        Assert.Equal("y", _ledger.Acquire(Eve)!.Value.Task.Id);
        Assert.Null(_ledger.Acquire(Ann));
    }

    [Fact]
    public void Expire_AJobWhoseAskerIsSilent_DropsItAndItsLeases()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var lease = Acquire(Ann);
        _time.Pass(31);
        _ledger.Meet(Ann);
        _ledger.Expire();

        Assert.Null(_ledger.Collect("job", []));
        Assert.Equal([lease], _ledger.Renew(Ann, [lease]).Lost);
        Assert.Equal(ReportState.Refused, _ledger.Report(Ann, lease, Result(1)));
        Assert.False(_ledger.Submit("job", [Task("b")], again: false));
    }

    [Fact]
    public void Withdraw_WorkThatIsComputed_TakesTheLeaseAway()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var lease = Acquire(Ann);
        _ledger.Withdraw("job", "a");

        Assert.Equal([lease], _ledger.Renew(Ann, [lease]).Lost);
        Assert.Equal(ReportState.Refused, _ledger.Report(Ann, lease, Result(1)));
    }

    [Fact]
    public void ANewLife_GivesTheLeaseBackToTheWorkerThatStillComputes()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var lease = Acquire(Ann);
        var second = Life("second");

        Assert.Equal([lease], second.Renew(Ann, [lease]).Orphaned);      // the asker has not come back yet
        Assert.Equal(ReportState.Unknown, second.Report(Ann, lease, Result(3)));
        second.Open("job");
        second.Submit("job", [Task("a")], again: true);
        Assert.Null(second.Acquire(Bob));                                // held back for her
        var renewal = second.Renew(Ann, [lease]);
        Assert.Empty(renewal.Lost.Concat(renewal.Orphaned));
        PassHoldBack(second, () => second.Renew(Ann, [lease]));
        Assert.Null(second.Acquire(Bob));
        Assert.Equal(ReportState.Held, second.Report(Ann, lease, Result(3)));
        Assert.Equal([3], second.Collect("job", [])!.Single().Result.Content);
    }

    [Fact]
    public void ANewLife_WhoseWorkNobodyClaims_HandsItOutAfterAWhile()
    {
        var second = Life("second");
        second.Open("job");
        second.Submit("job", [Task("a")], again: true);
        second.Submit("job", [Task("a")], again: false);                 // handed in twice is one piece
        Assert.Null(second.Acquire(Bob));
        PassHoldBack(second, () => { });

        Assert.NotNull(second.Acquire(Bob));
        Assert.Null(second.Acquire(Ann));
    }

    [Fact]
    public void ANewLife_InWhichAnotherWorkerWasQuicker_TakesTheOldLeaseAway()
    {
        _ledger.Submit("job", [Task("a")], again: false);
        var old = Acquire(Ann);
        var second = Life("second");
        second.Open("job");
        second.Submit("job", [Task("a")], again: false);
        var lease = second.Acquire(Bob)!.Value.Lease;

        Assert.Equal([old], second.Renew(Ann, [old]).Lost);
        Assert.Equal(ReportState.Refused, second.Report(Ann, old, Result(1)));
        Assert.Equal(ReportState.Held, second.Report(Bob, lease, Result(2)));
    }

    [Fact]
    public void Share_ReachesWorkersUntilItIsForgotten()
    {
        Assert.True(_ledger.Share("job", "parameters/1", [1, 2]));
        Assert.Equal([1, 2], _ledger.Pull("job", "parameters/1")!);
        _ledger.Unshare("job", "parameters/1");
        Assert.Null(_ledger.Pull("job", "parameters/1"));
        Assert.Null(_ledger.Pull("other", "parameters/1"));
        Assert.False(_ledger.Share("other", "k", []));
    }

    [Fact]
    public void Counts_FollowAPieceOfWorkThroughItsLife()
    {
        Assert.Equal((1, 0, 0), _ledger.Counts);
        _ledger.Submit("job", [Task("a")], again: false);
        Assert.Equal((1, 1, 0), _ledger.Counts);
        var lease = Acquire(Ann);
        Assert.Equal((1, 0, 1), _ledger.Counts);
        _ledger.Report(Ann, lease, Result(1));
        Assert.Equal((1, 0, 0), _ledger.Counts);
        _ledger.Close("job");
        Assert.Equal((0, 0, 0), _ledger.Counts);
    }

    private static WorkTask Task(string id) => new(id, "trial", []);

    private static WorkResult Result(byte content) => WorkResult.Of([content]);

    private WorkLedger Life(string epoch) => new(epoch, new(), _time);

    private void PassHoldBack(WorkLedger ledger, Action before)
    {
        _time.Pass(new ClusterTimes().HoldBack.TotalSeconds - 1);
        ledger.Open("job");                                              // the asker lives
        before();
        _time.Pass(2);
        ledger.Expire();
    }

    private Lease Acquire(WorkerCard worker)
    {
        _ledger.Meet(worker);
        return _ledger.Acquire(worker)!.Value.Lease;
    }
}
