using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>One of the four settings as a part of the study.</summary>
internal interface IStudyPart
{
    /// <summary>Its name: a branch of the seeds, and the beginning of its instances' paths.</summary>
    string Name { get; }

    /// <summary>Its competitors, rules first.</summary>
    IReadOnlyList<PartArm> Arms { get; }

    /// <summary>Its columns.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Its statements.</summary>
    IReadOnlyList<Claim> Claims { get; }
}
