using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Cloud job scheduling: which task goes where and when, by rules, plans and learned policies.</summary>
public sealed class CloudSchedulingSystem : ISystem, ISchedules, IMeasurable
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "cloud-scheduling", "Deep Reinforcement Learning for Job Scheduling and Resource Management in Cloud Computing: An Algorithm-Level Review", "arXiv:2501.01007", "Operations",
        "Which task runs on which machine and when, beside nineteen scheduling rules",
        [
            ("Settings", "A tasks for machines, B packing of two resources, C graphs of stages, D virtual machines on hosts"),
            ("Simulator", "events in continuous time; cores, memory, speeds, transfers, energy, machines that boot"),
            ("Decision", "A a machine, or a rule; B a job or waiting; C a stage and its parallelism; D keep, relieve or empty a host"),
            ("Cost", "completion time, slowdown, energy, money, missed deadlines, ESV"),
            ("Rules", "dispatching, orders, min-min and kin, Tetris, DRF, fair, HEFT, CPOP, PABFD, threshold/MAD/IQR with MMT"),
            ("Learners", "DQN, dueling DQN with priorities, A2C, PPO on machines, a queue or rules, SAC, TD3 and DDPG on scores, REINFORCE, a graph network"),
            ("Exact", "branch and bound for 8 tasks on 3 machines; lower bounds"),
            ("Data", "154 recorded TPC-H jobs and two days of PlanetLab by --data; made-up ones without"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.15, [Scale.Laptop] = 10, [Scale.Paper] = 600 },
        "Machines (CSV name,cores,memory,speed,idle_watts,full_watts,price_per_hour) and jobs: CSV (job,arrival,work,cores,memory,deadline), JSON with stages and edges, or a log in the Standard Workload Format (.swf); algorithms and weights as settings")
    {
        SharesApply = true,
    };

    /// <inheritdoc/>
    public SpeedGroup Speed => SchedulingSpeed.Group;

    /// <inheritdoc/>
    public SettingsSchema Settings => CloudSchedulingConfig.Schema;

    /// <inheritdoc/>
    public IReadOnlyList<string> Rules => JobSchedule.Rules;

    /// <inheritdoc/>
    public ApplyReport Schedule(ScheduleRequest request) => JobSchedule.Run(request);

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => CloudSchedulingStudy.Create((CloudSchedulingConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => SchedulingApplication.Run(request, progress, cancellation);
}
