//! The working log.
