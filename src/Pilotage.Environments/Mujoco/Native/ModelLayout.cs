namespace Pilotage.Environments.Mujoco.Native;

/// <summary>Where fields stand in <c>mjModel</c>, in bytes: MuJoCo 2.2.2 on x64, as <c>offsetof</c> prints them from its headers. Other versions differ.</summary>
internal static class ModelLayout
{
    // 32-bit integers
    public const int PositionCount = 0;             // nq
    public const int VelocityCount = 4;             // nv
    public const int ActuatorCount = 8;             // nu
    public const int ActivationCount = 12;          // na
    public const int BodyCount = 16;                // nbody
    public const int JointCount = 20;               // njnt
    public const int GeometryCount = 24;            // ngeom
    public const int SiteCount = 28;                // nsite
    public const int MocapCount = 156;              // nmocap
    public const int UserDataCount = 220;           // nuserdata

    // in the options
    public const int Timestep = 232;                // double
    public const int Integrator = 432;              // 32-bit integer

    // pointers
    public const int InitialPositions = 1096;       // qpos0 [nq]
    public const int BodyMasses = 1240;             // body_mass [nbody]
    public const int GeometryTypes = 1488;          // geom_type [ngeom], 32-bit integers
    public const int GeometryBodies = 1520;         // geom_bodyid [ngeom], 32-bit integers
    public const int GeometrySizes = 1592;          // geom_size [ngeom, 3]
    public const int GeometryFrictions = 1624;      // geom_friction [ngeom, 3]
    public const int ActuatorTransmissions = 2728;  // actuator_trnid [nu, 2], 32-bit integers
    public const int ActuatorLimited = 2744;        // actuator_ctrllimited [nu], bytes
    public const int ActuatorRanges = 2792;         // actuator_ctrlrange [nu, 2]
}
