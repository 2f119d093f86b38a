using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Cloud autoscaling: when and by how much to scale a request service whose machines take time to boot.</summary>
public sealed class CloudAutoscalingSystem : ISystem, IMeasurable
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "cloud-autoscaling", "Reinforcement Learning-based Application Autoscaling in the Cloud: A Survey", "arXiv:2001.09957", "Operations",
        "When and by how much to scale machines that take minutes to boot, between cost and service level",
        [
            ("Decision", "-2 to +2 machines each step, within bounds"),
            ("Observation", "machines, booting machines by remaining step, utilisation, last 5 loads, slope, clock, backlog"),
            ("Reward", "-(cost / mean-load fleet + 2 x violation + 0.02 x |change|) per step"),
            ("Rules", "static, threshold, step scaling, target tracking, PID, four predictive ones; tuned by grid on training days"),
            ("Learners", "Q-learning (also warm, shielded, parallel), SARSA, SARSA(lambda), Expected SARSA, Double-Q, Dyna-Q, value iteration on a counted model, DQN (double, dueling), SAC, A2C, PPO"),
            ("Jobs", "workflows and bags of tasks with deadlines on on-demand and spot machines: five rules, DQN, PPO, a bound"),
            ("Bound", "dynamic programming on the true load"),
            ("Data", "NASA-HTTP 1995, World Cup 1998, Twitter stream 2021 by --data; three generated workloads without"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.15, [Scale.Laptop] = 11, [Scale.Paper] = 180 },
        "A history of requests (CSV timestamp,requests in any regular step, at least four days), or a job (CSV task,work,after or JSON) and maybe spot prices (CSV timestamp,price); capacity, prices, boot time, service level, deadline and bounds as settings");

    /// <inheritdoc/>
    public SpeedGroup Speed => AutoscalingSpeed.Group;

    /// <inheritdoc/>
    public SettingsSchema Settings => CloudAutoscalingConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) =>
        CloudAutoscalingStudy.Create((CloudAutoscalingConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        UserJob.IsJob(request.Inputs) ? JobApplication.Run(request, progress, cancellation) : CloudAutoscalingApplication.Run(request, progress, cancellation);
}
