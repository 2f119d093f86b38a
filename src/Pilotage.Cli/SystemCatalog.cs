using Pilotage.Systems;
using Pilotage.Systems.Control.Bpo;
using Pilotage.Systems.Control.DatasetPerspective;
using Pilotage.Systems.Control.Stac;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Systems.Games.Dhumbal;
using Pilotage.Systems.Governance.DelayedRepression;
using Pilotage.Systems.Governance.Ofs;
using Pilotage.Systems.Language.Comparison;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.Gbpo;
using Pilotage.Systems.Language.Hbpo;
using Pilotage.Systems.Language.LpReg;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Systems.Language.Rec;
using Pilotage.Systems.Language.Rover;
using Pilotage.Systems.Language.TreePo;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Systems.Operations.CloudScheduling;
using Pilotage.Systems.Operations.Hdpo;

namespace Pilotage.Cli;

/// <summary>The systems that the command line offers, by name.</summary>
/// <param name="systems">In the order of their lists.</param>
internal sealed class SystemCatalog(IReadOnlyList<ISystem> systems)
{
    /// <summary>The systems of this build.</summary>
    public static SystemCatalog Installed => new([
        new BpoSystem(),
        new CloudAutoscalingSystem(),
        new CloudSchedulingSystem(),
        new DatasetPerspectiveSystem(),
        new DcpoDistributionSystem(),
        new DelayedRepressionSystem(),
        new DhumbalSystem(),
        new GbpoSystem(),
        new HbpoSystem(),
        new HdpoSystem(),
        new LanguageBaselinesSystem(),
        new LpRegSystem(),
        new OfsSystem(),
        new R2vpoSystem(),
        new RecSystem(),
        new RoverSystem(),
        new StacSystem(),
        new SymphonySystem(),
        new TreePoSystem(),
    ]);

    /// <summary>All systems.</summary>
    public IReadOnlyList<ISystem> All => systems;

    /// <summary>Finds a system.</summary>
    /// <param name="name">As typed; case does not count.</param>
    /// <returns>The system.</returns>
    /// <exception cref="UserMistakeException">There is none of this name.</exception>
    public ISystem Find(string name) =>
        systems.FirstOrDefault(system => string.Equals(system.Description.Slug, name, StringComparison.OrdinalIgnoreCase))
        ?? throw UnknownName.Mistake("system", name, systems.Select(system => system.Description.Slug), "pilotage list systems");
}
