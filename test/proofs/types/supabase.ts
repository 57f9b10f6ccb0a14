import type { PostgrestQueryBuilder } from '@supabase/postgrest-js';
import type { SupabaseClient } from '@supabase/supabase-js';
export * as lib from '@supabase/supabase-js';
export declare const entry: '@supabase/supabase-js';
type Row = Record<string, unknown>;
type Table = { Row: Row; Insert: Row; Update: Row; Relationships: [] };
type Schema = { Tables: { t: Table }; Views: {}; Functions: {} };
export declare const clients: { SupabaseClient: SupabaseClient; Query: PostgrestQueryBuilder<{}, Schema, Table> };
