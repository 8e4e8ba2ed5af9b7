//! Formula 2 of "Trending": a week weighs as much as twice the voices, where a day and a half did.

use sea_orm_migration::prelude::*;

use crate::dialect;

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // whole seconds since 1 January 2020, as the formula has them
        dialect::run_each(
            manager,
            "UPDATE posts SET trend = trend + (CAST(strftime('%s', created_at) AS integer) - 1577836800) / 3600.0 * (1 / 168.0 - 1 / 36.0);",
            "UPDATE posts SET trend = trend
                + (FLOOR(EXTRACT(EPOCH FROM created_at)) - 1577836800)::double precision / 3600 * (1 / 168::double precision - 1 / 36::double precision);",
        )
        .await
    }
}
