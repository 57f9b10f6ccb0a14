export * as lib from 'rxjs';
